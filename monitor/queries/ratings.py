"""Blind ratings: who gave one, for everybody; what one says, for its author alone until both are in."""

from typing import NamedTuple

from monitor.models import Status
from monitor.store import Session
from monitor.store.subjects import SUBJECTS

_FROM = (
    "FROM rating r JOIN entry e ON e.seq = r.seq JOIN rating_text x ON x.seq = r.seq "
    "JOIN commitment c ON c.id = r.commitment_id"
)
_OF_PLAN = "r.pact_id = :pact AND r.plan_id = :plan"


class GivenRating(NamedTuple):
    """That somebody gave a rating of a commitment; not what it says."""

    seq: int
    recorded_at: str
    author: str
    signatory_id: str
    measure: str


class Rating(NamedTuple):
    """What a rating says; texts are None where nothing was said, or where a court had them removed."""

    seq: int
    recorded_at: str
    author: str
    status: Status
    happened_on: str
    source_kind: str | None
    summary: str | None
    source_title: str | None
    source_publisher: str | None
    source_url: str | None
    archive_url: str | None
    quote: str | None
    searched: str | None


#: What a rating says, as SQL of `rating r` and `rating_text x`.
_CONTENT = ", ".join(
    f"{'r' if name in SUBJECTS['rating'].facts else 'x'}.{name}" for name in Rating._fields[3:]
)


class RatingPair(NamedTuple):
    """The two ratings of a commitment, once both are in. `way`, `action_seq`: what became of them, None
    while nothing did. `is_blind`: nobody wrote an assessment of the commitment between the draw and the
    second of them, in which one rater could have read what the other had not."""

    signatory_id: str
    measure: str
    first: Rating
    second: Rating
    way: str | None
    action_seq: int | None
    is_blind: bool

    @property
    def agrees(self) -> bool:
        return self.first.status is self.second.status

    @property
    def has_same_source(self) -> bool:
        """Whether both cite one address, so that they differ by what they make of it, not by what they
        found."""
        one, other = (_bare_address(rating.source_url) for rating in (self.first, self.second))
        return bool(one) and one == other


def given_ratings(
    session: Session, pact_id: str, plan_id: str, until: int = 2**62
) -> list[GivenRating]:
    """Who rated what of a sample, oldest first."""
    rows = session.rows(
        f"SELECT r.seq, e.recorded_at, e.author, c.signatory_id, c.measure_id {_FROM} "
        f"WHERE {_OF_PLAN} AND r.seq <= :until ORDER BY r.seq",
        pact=pact_id,
        plan=plan_id,
        until=until,
    )
    return [GivenRating(*row) for row in rows]


def own_rating(
    session: Session, name: str, pact_id: str, plan_id: str, signatory_id: str, measure: str
) -> Rating | None:
    """What the account `name` said itself of a commitment."""
    rows = session.rows(
        f"SELECT r.seq, e.recorded_at, e.author, {_CONTENT} {_FROM} WHERE {_OF_PLAN} "
        "AND c.signatory_id = :signatory AND c.measure_id = :measure AND e.author = :name",
        pact=pact_id,
        plan=plan_id,
        signatory=signatory_id,
        measure=measure,
        name=name,
    )
    return _rating(rows[0]) if rows else None


def open_pairs(
    session: Session, pact_id: str, plan_id: str, until: int = 2**62
) -> list[RatingPair]:
    """The commitments of a sample of which both ratings are in by seq `until`, in the order in which
    they opened. Of a commitment with one rating nothing is read."""
    return _pairs(session, "", pact=pact_id, plan=plan_id, until=until)


def shuffled_pairs(
    session: Session, pact_id: str, plan_id: str, until: int = 2**62
) -> list[RatingPair]:
    """The same in an order that does not tell whom each is about: that of random bytes of the log,
    which nobody publishes."""
    salts = {
        (signatory_id, measure): salt
        for signatory_id, measure, salt in session.rows(
            f"SELECT c.signatory_id, c.measure_id, min(e.salt) {_FROM} WHERE {_OF_PLAN} "
            "GROUP BY c.signatory_id, c.measure_id",
            pact=pact_id,
            plan=plan_id,
        )
    }
    pairs = open_pairs(session, pact_id, plan_id, until)
    return sorted(pairs, key=lambda one: salts[one.signatory_id, one.measure])


def find_pair(
    session: Session, pact_id: str, plan_id: str, signatory_id: str, measure: str
) -> RatingPair | None:
    """The same of one commitment; None while a rating is missing."""
    pairs = _pairs(
        session,
        "AND c.signatory_id = :signatory AND c.measure_id = :measure ",
        pact=pact_id,
        plan=plan_id,
        until=2**62,
        signatory=signatory_id,
        measure=measure,
    )
    return pairs[0] if pairs else None


def _pairs(session: Session, which: str, **values) -> list[RatingPair]:
    """The pairs of a plan, of `which` commitments alone (a condition in SQL)."""
    rows = session.rows(
        f"SELECT c.signatory_id, c.measure_id, n.way, n.action_seq, NOT EXISTS ("
        "SELECT 1 FROM action a WHERE a.commitment_id = r.commitment_id AND a.kind = 'assessment' "
        "AND a.seq > (SELECT s.seq FROM sample_seed s WHERE s.pact_id = r.pact_id "
        "AND s.plan_id = r.plan_id) AND a.seq < (SELECT max(o.seq) FROM rating o "
        "WHERE o.commitment_id = r.commitment_id AND o.pact_id = r.pact_id "
        f"AND o.plan_id = r.plan_id)), r.seq, e.recorded_at, e.author, {_CONTENT} {_FROM} "
        "LEFT JOIN rating_end n ON n.pact_id = r.pact_id AND n.plan_id = r.plan_id "
        "AND n.commitment_id = r.commitment_id AND n.seq <= :until "
        f"WHERE {_OF_PLAN} AND (SELECT count(*) FROM rating o WHERE o.pact_id = r.pact_id "
        "AND o.plan_id = r.plan_id AND o.commitment_id = r.commitment_id AND o.seq <= :until) = 2 "
        f"{which}ORDER BY r.seq",
        **values,
    )
    firsts: dict[tuple[str, str], Rating] = {}
    pairs = []
    for signatory_id, measure, way, action_seq, is_blind, *said in rows:
        key, rating = (signatory_id, measure), _rating(said)
        if key in firsts:
            end = (way, action_seq, bool(is_blind))
            pairs.append(RatingPair(*key, firsts[key], rating, *end))
        else:
            firsts[key] = rating
    return pairs


def _bare_address(url: str | None) -> str:
    return (url or "").partition("://")[2].rstrip("/")


def _rating(row) -> Rating:
    seq, recorded_at, author, status, *said = row
    return Rating(seq, recorded_at, author, Status(status), *said)
