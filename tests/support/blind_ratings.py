"""Blind ratings as tests give them, by whoever is wanted: past the draw of the raters."""

from datetime import UTC, datetime

from monitor.commands import samples
from monitor.commands.ratings import accept_rating
from monitor.queries.ratings import find_pair
from monitor.store.journal import Journal
from tests.support.sample_plans import draft

SEED = "4 12 23 31 45"
#: The accounts of a team -> who of `team` they are.
NAMES = {
    "Camille": "volunteer",
    "Dominique": "other",
    "Sacha": "reviewer",
    "Maxime": "second",
    "Claude": "admin",
}


def draw_sample(store, pact_id: str, now, **values) -> str:
    """A plan of which everybody drawn is rated twice, with its seed. Returns its number."""
    asked = draft(store, pact_id, double_share=1.0, **values)
    plan_id = samples.plan_sample(store, None, asked, now)
    samples.record_seed(store, None, pact_id, plan_id, SEED, now)
    return plan_id


def give_rating(
    store,
    author: str,
    plan_id: str,
    about,
    now,
    status: str = "decided",
    pact_id: str = "mouves-2014",
    **texts,
) -> int:
    """A rating as the command writes it, whoever is drawn for it. Returns the seq of the entry."""
    columns = {
        "summary": f"Vu par {author}.",
        "source_title": f"Source de {author}",
        "source_publisher": None,
        "source_url": None,
        "archive_url": None,
        "quote": None,
        "searched": f"Cherché par {author}.",
        **texts,
    }
    facts = (status, "2019-12", "report")
    with store.writing() as session:
        ((number,),) = session.rows(
            "SELECT id FROM commitment WHERE pact_id = :pact AND signatory_id = :name "
            "AND measure_id = :measure",
            pact=pact_id,
            name=about[0],
            measure=about[1],
        )
        return Journal(session, author, now).append(
            "rating",
            [((pact_id, plan_id, *about, *facts), tuple(columns.values()), ())],
            columns=[(pact_id, plan_id, number, *facts)],
        )


def rate_twice(store, team, plan_id: str, about, now) -> int:
    """Two ratings that agree, by Dominique and Claude, of which a reviewer takes the first. Returns
    the seq of the assessment."""
    for author in ("Dominique", "Claude"):
        give_rating(store, author, plan_id, about, now)
    with store.reading() as session:
        pair = find_pair(session, "mouves-2014", plan_id, *about)
    assert pair
    return accept_rating(store, team.second, "mouves-2014", plan_id, about, pair.first.seq, now)


def rate_many(store, plan_id: str, count: int, pact_id: str = "demo", first=()) -> None:
    """Two ratings each of those commitments and of so many others, of which every third are a step
    apart, and some are off the ladder."""
    steps = ("announced", "decided", "in_progress", "partly_implemented", "implemented", "stalled")
    with store.reading() as session:
        about = session.rows(
            "SELECT signatory_id, measure_id FROM commitment WHERE pact_id = :pact "
            "ORDER BY signatory_id, measure_id",
            pact=pact_id,
        )
    url = "https://exemple.invalid/a"
    others = [one for one in about if one not in set(first)]
    for place, one in enumerate([*first, *others[:count]]):
        for reader, name in enumerate(("Camille", "Claude")):
            status = steps[(place + (reader and place % 3 == 0)) % len(steps)]
            texts = {"source_url": url if reader or place % 2 else None}
            give_rating(store, name, plan_id, one, datetime.now(UTC), status, pact_id, **texts)
