"""What was logged about each commitment: assessments that follow a story, notes, replies,
corrections and retractions."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from monitor.demo.careers import TERM, Person
from monitor.demo.words import (
    CORRECTIONS,
    PACT,
    PUBLISHERS,
    RETRACTIONS,
    SENTENCES,
    SOURCES,
    SUBJECTS,
)
from monitor.models import WITHOUT_EVIDENCE
from monitor.schema import ROW_TYPES, Values

#: What may become of a commitment, step by step, and how often.
STORIES = (
    (("announced", "decided", "in_progress", "partly_implemented", "implemented"), 30),
    (("decided", "in_progress", "implemented"), 15),
    (("announced", "decided", "in_progress", "partly_implemented"), 15),
    (("announced",), 8),
    (("decided", "in_progress", "stalled"), 10),
    (("announced", "decided", "abandoned"), 8),
    (("decided", "implemented", "abandoned"), 4),
    (("not_started", "announced", "decided"), 4),
    (("no_evidence",), 7),
    (("not_applicable",), 3),
)
_STORIES = [story for story, _ in STORIES]
_WEIGHTS = [weight for _, weight in STORIES]
#: Out of a hundred entries after the first.
NOTE, REPLY, CORRECTION, RETRACTION = 22, 3, 4, 1


def actions_of(person: Person, quota: int, rng: Random) -> Iterator[Values]:
    """Exactly `quota` rows of actions.csv about one signatory's commitments."""
    followed = [measure for measure in person.measures if rng.random() < 0.85]
    followed = followed or [rng.choice(person.measures)]
    share, rest = divmod(quota, len(followed))
    for position, measure in enumerate(followed):
        yield from _log(person, measure, share + (position < rest), rng)


def refused_actions_of(person: Person, count: int, rng: Random) -> Iterator[tuple[Values, str]]:
    """`count` actions that a reviewer refused, with the reason."""
    for number in range(count):
        measure = rng.choice(person.measures)
        day = _day(rng.randrange(TERM), rng)
        row = _row(person, measure, f"r{number}", "assessment", "implemented", day, rng)
        yield row, "La source citée ne dit pas que la mesure est mise en œuvre."


def _log(person: Person, measure: str, count: int, rng: Random) -> Iterator[Values]:
    """One commitment's entries in the order in which they were written."""
    (story,) = rng.choices(_STORIES, _WEIGHTS)
    days = sorted(rng.randrange(30, TERM + 60) for _ in range(count))
    step = 0
    targets: list[Values] = []
    for number, at in enumerate(days):
        roll = rng.randrange(100) if number else 100
        name, day = f"{number}", _day(at, rng)
        if roll < NOTE:
            row = _row(person, measure, name, "note", None, day, rng)
        elif roll < NOTE + REPLY:
            row = _row(person, measure, name, "reply", None, day, rng)
        elif roll < NOTE + REPLY + CORRECTION and targets:
            row = _correction(person, name, targets[-1], rng)
        elif roll < NOTE + REPLY + CORRECTION + RETRACTION and targets:
            row = _row(
                person,
                measure,
                name,
                "retraction",
                None,
                day,
                rng,
                targets.pop(),
                rng.choice(RETRACTIONS),
            )
        else:
            status = story[min(step, len(story) - 1)]
            step += rng.random() < 0.7
            row = _row(person, measure, name, "assessment", status, day, rng)
        if row.kind == "assessment":
            targets.append(row)
        yield row


def _correction(person: Person, name: str, target: Values, rng: Random) -> Values:
    """The same assessment, one step less, on another day of the month."""
    status = "partly_implemented" if target.status == "implemented" else target.status
    day = target.happened_on
    if len(day) == len("2016-02-16"):
        day = f"{day[:7]}-{rng.randrange(1, 28):02}"
    changed = "source" if day == target.happened_on else "day"
    if status != target.status:
        changed = "status"
    why = CORRECTIONS[changed]
    return _row(person, target.measure, name, "assessment", status, day, rng, target, why)


def _day(at: int, rng: Random) -> str:
    """A day of the term, sometimes known by its month or year only."""
    text = (PACT.term_start + timedelta(days=at)).isoformat()
    roll = rng.random()
    return text[:4] if roll < 0.02 else text[:7] if roll < 0.12 else text


def _row(
    person: Person,
    measure: str,
    name: str,
    kind: str,
    status: str | None,
    day: str,
    rng: Random,
    target: Values | None = None,
    reason: str | None = None,
) -> Values:
    identifier = f"{person.id}-{measure}-{name}"
    subject = rng.choice(SUBJECTS[measure])
    summary = SENTENCES[status or kind].format(
        subject=subject,
        votes=rng.randrange(8, 40),
        budget=f"{rng.randrange(1, 90)}\u202f000",
        share=rng.randrange(1, 20) * 5,
        months=rng.randrange(3, 18),
    )
    source = {}
    if kind != "retraction" and status not in WITHOUT_EVIDENCE:
        source_kind = rng.choice(SOURCES[status] if status else ("press", "city_statement"))
        source = {
            "source_kind": source_kind,
            "source_title": f"Document fictif sur {subject}",
            "source_publisher": PUBLISHERS[source_kind],
            "source_url": f"https://exemple.invalid/documents/{identifier}",
        }
    return ROW_TYPES["actions"](
        action_id=identifier,
        signatory_id=person.id,
        measure=measure,
        happened_on=day,
        kind=kind,
        status=status,
        summary=summary,
        **source,
        supersedes=target.action_id if target else None,
        reason=reason,
        recorded_by="démonstration",
    )
