"""Blind ratings: who gave one, for everybody; what one says, for its author alone until both are in."""

import json
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from monitor.models import Status
from monitor.samples import SAME_EVIDENCE
from monitor.store import Session
from monitor.store.subjects import SUBJECTS

_FROM = (
    "FROM rating r JOIN entry e ON e.seq = r.seq JOIN rating_text x ON x.seq = r.seq "
    "JOIN commitment c ON c.id = r.commitment_id"
)
_OF_PLAN = "r.pact_id = :pact AND r.plan_id = :plan"
#: Whether the second of two people judges what the first kept, as SQL.
_HAS_SAME_EVIDENCE = (
    "EXISTS (SELECT 1 FROM sample_plan p WHERE p.pact_id = r.pact_id AND p.plan_id = r.plan_id "
    f"AND replace(p.content, '{SAME_EVIDENCE}', '') <> p.content)"
)
_SAME = "o.commitment_id = r.commitment_id AND o.pact_id = r.pact_id AND o.plan_id = r.plan_id"
_SECOND = f"(SELECT max(o.seq) FROM rating o WHERE {_SAME})"
_BETWEEN = f"BETWEEN (SELECT min(o.seq) FROM rating o WHERE {_SAME}) AND {_SECOND}"
_ABOUT = "t.pact_id = r.pact_id AND t.signatory_id = c.signatory_id"
#: What one rater could have read and the other not, as SQL.
_SAID_BETWEEN = " OR ".join(
    f"EXISTS (SELECT 1 FROM {found})"
    for found in (
        "action t WHERE t.commitment_id = r.commitment_id AND t.kind = 'assessment' AND t.seq < "
        f"{_SECOND} AND t.seq > (SELECT s.seq FROM sample_seed s WHERE s.pact_id = r.pact_id "
        "AND s.plan_id = r.plan_id)",
        f"action t WHERE t.commitment_id = r.commitment_id AND t.seq {_BETWEEN}",
        "review v JOIN action t ON t.seq = v.action_seq "
        f"WHERE t.commitment_id = r.commitment_id AND v.seq {_BETWEEN}",
        f"detail t WHERE {_ABOUT} AND t.measure = c.measure_id AND t.seq {_BETWEEN}",
        f"answer t WHERE {_ABOUT} AND t.measure = c.measure_id AND t.seq {_BETWEEN}",
        f"signatory t WHERE {_ABOUT} AND t.seq {_BETWEEN}",
    )
)


class GivenRating(NamedTuple):
    """That somebody gave a rating of a commitment; not what it says."""

    seq: int
    recorded_at: str
    author: str
    signatory_id: str
    measure: str


class KeptEvidence(NamedTuple):
    """What the first of two people kept of a commitment for the second to judge: neither the status
    that the first gave, nor why, nor who it is."""

    happened_on: str
    source_kind: str | None
    source_title: str | None
    source_publisher: str | None
    source_url: str | None
    archive_url: str | None
    quote: str | None

    @property
    def is_nothing(self) -> bool:
        """Whether there is no source to judge."""
        return not (self.source_title or self.source_url)


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


def _columns(names: Iterable[str]) -> str:
    """These, as SQL of `rating r` and `rating_text x`."""
    facts = SUBJECTS["rating"].facts
    return ", ".join(f"{'r' if name in facts else 'x'}.{name}" for name in names)


_CONTENT = _columns(Rating._fields[3:])


class RatingPair(NamedTuple):
    """The two ratings of a commitment, once both are in. `way`, `action_seq`: what became of them, None
    while nothing did. `is_blind`: nobody wrote an assessment of the commitment between the draw and the
    second of them, in which one rater could have read what the other had not; nor was anything else said
    of it, or did it become another one, between the two. `has_same_evidence`: the second judged what the
    first kept."""

    signatory_id: str
    measure: str
    first: Rating
    second: Rating
    way: str | None
    action_seq: int | None
    is_blind: bool
    has_same_evidence: bool = False

    @property
    def is_counted(self) -> bool:
        """Whether the pair tells how far readers agree: it stayed blind, and there was something to
        judge."""
        return self.is_blind and (self.has_same_source or not self.has_same_evidence)

    @property
    def agrees(self) -> bool:
        return self.first.status is self.second.status

    @property
    def has_same_source(self) -> bool:
        """Whether both cite one address, or judged the same source, so that they differ by what they
        make of it, not by what they found."""
        if self.has_same_evidence:
            return bool(self.first.source_title or self.first.source_url)
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


def kept_evidence(
    session: Session, pact_id: str, plan_id: str, signatory_id: str, measure: str
) -> KeptEvidence | None:
    """What the first rating of a commitment rests on, for the second person to judge; None before it is
    in, once both are, and where each looks for evidence of their own."""
    rows = session.rows(
        f"SELECT {_columns(KeptEvidence._fields)} {_FROM} WHERE {_OF_PLAN} "
        f"AND c.signatory_id = :signatory AND c.measure_id = :measure AND {_HAS_SAME_EVIDENCE}",
        pact=pact_id,
        plan=plan_id,
        signatory=signatory_id,
        measure=measure,
    )
    return KeptEvidence(*rows[0]) if len(rows) == 1 else None


def open_pairs(
    session: Session, pact_id: str, plan_id: str, until: int = 2**62
) -> list[RatingPair]:
    """The commitments of a sample of which both ratings are in by seq `until`, in the order in which
    they opened. Of a commitment with one rating nothing is read."""
    return _pairs(session, "", pact=pact_id, plan=plan_id, until=until)


def shuffle_pairs(
    session: Session, pact_id: str, plan_id: str, pairs: Iterable[RatingPair]
) -> list[RatingPair]:
    """These in an order that does not tell whom each is about: that of random bytes of the log, which
    nobody publishes."""
    salts = {
        (signatory_id, measure): salt
        for signatory_id, measure, salt in session.rows(
            f"SELECT c.signatory_id, c.measure_id, min(e.salt) {_FROM} WHERE {_OF_PLAN} "
            "GROUP BY c.signatory_id, c.measure_id",
            pact=pact_id,
            plan=plan_id,
        )
    }
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
        f"SELECT c.signatory_id, c.measure_id, n.way, n.action_seq, NOT ({_SAID_BETWEEN}), "
        f"{_HAS_SAME_EVIDENCE}, r.seq, e.recorded_at, e.author, {_CONTENT} {_FROM} "
        "LEFT JOIN rating_end n ON n.pact_id = r.pact_id AND n.plan_id = r.plan_id "
        "AND n.commitment_id = r.commitment_id AND n.seq <= :until "
        f"WHERE {_OF_PLAN} AND (SELECT count(*) FROM rating o WHERE o.pact_id = r.pact_id "
        "AND o.plan_id = r.plan_id AND o.commitment_id = r.commitment_id AND o.seq <= :until) = 2 "
        f"{which}ORDER BY r.seq",
        **values,
    )
    versions = _read_measures(session, values["pact"]) if rows else []
    firsts: dict[tuple[str, str], Rating] = {}
    pairs = []
    for signatory_id, measure, way, action_seq, is_blind, is_same, *rest in rows:
        key, rating = (signatory_id, measure), _rating(rest)
        if key in firsts:
            first = firsts[key]
            is_blind = is_blind and not _is_reworded(versions, measure, first.seq, rating.seq)
            end = (way, action_seq, bool(is_blind), bool(is_same))
            pairs.append(RatingPair(*key, first, rating, *end))
        else:
            firsts[key] = rating
    return pairs


def _read_measures(session: Session, pact_id: str) -> list[tuple[int, dict[str, dict]]]:
    """The versions of a pact, in the order of the log: the seq of each, and its measures by id."""
    rows = session.rows(
        "SELECT seq, measures FROM pact WHERE pact_id = :pact ORDER BY seq", pact=pact_id
    )
    return [(seq, {one["id"]: one for one in json.loads(measures)}) for seq, measures in rows]


def _is_reworded(
    versions: list[tuple[int, dict[str, dict]]], measure: str, first: int, second: int
) -> bool:
    """Whether the pact says something else of a measure by the seq `second` than by `first`."""
    one, other = (bisect_left(versions, seq, key=lambda each: each[0]) for seq in (first, second))
    said = [
        version[measure] for _, version in versions[max(one - 1, 0) : other] if measure in version
    ]
    return any(each != said[0] for each in said)


def _bare_address(url: str | None) -> str:
    return (url or "").partition("://")[2].rstrip("/")


def _rating(row) -> Rating:
    seq, recorded_at, author, status, *rest = row
    return Rating(seq, recorded_at, author, Status(status), *rest)
