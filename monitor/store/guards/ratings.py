"""Blind ratings: two of a commitment, by two people, of a sample that was drawn; then one end."""

from monitor.models import WITHOUT_EVIDENCE, WRITABLE, SourceKind
from monitor.samples import SAME_EVIDENCE
from monitor.store.guards.phrases import AUTHOR, Guard, role_of, sql_list

_PLAN = "pact_id = NEW.pact_id AND plan_id = NEW.plan_id"
_SAME = f"{_PLAN} AND commitment_id = NEW.commitment_id"
#: The ratings that an end is of, with who wrote them.
_PAIR = (
    "FROM rating r JOIN entry e ON e.seq = r.seq "
    f"WHERE {_SAME.replace('pact_id =', 'r.pact_id =', 1)} AND r.seq < NEW.action_seq"
)

_SOURCES = ("source_title", "source_publisher", "source_url", "archive_url", "quote")
_SAME_AS_N = " AND ".join(
    f"r.{name} = n.{name}" for name in ("pact_id", "plan_id", "commitment_id")
)


def _judges(row: str) -> str:
    """Whether the second rating of the plan of this row judges what the first rests on, as SQL."""
    return (
        f"EXISTS (SELECT 1 FROM sample_plan p WHERE p.pact_id = {row}.pact_id "
        f"AND p.plan_id = {row}.plan_id "
        f"AND replace(p.content, '{SAME_EVIDENCE}', '') <> p.content)"
    )


def _differs(columns: tuple[str, ...], one: str, other: str) -> str:
    """Whether two rows do not hold the same in one of these columns, as SQL."""
    return "({})".format(
        " OR ".join(
            f"coalesce({one}.{name}, '') <> coalesce({other}.{name}, '')" for name in columns
        )
    )


def rules() -> list[Guard]:
    return [*_ratings(), *_ends()]


def _ratings() -> list[Guard]:
    return [
        Guard(
            "rating_by_member",
            "INSERT",
            "rating",
            f"{role_of(AUTHOR)} NOT IN ('volunteer', 'reviewer', 'admin')",
            "rating: by somebody of the team",
        ),
        Guard(
            "rating_status_known",
            "INSERT",
            "rating",
            f"NEW.status NOT IN {sql_list(WRITABLE)}",
            "rating: status is unknown",
        ),
        Guard(
            "rating_source_kind_known",
            "INSERT",
            "rating",
            f"NEW.source_kind NOT IN {sql_list(tuple(SourceKind))}",
            "rating: source_kind is unknown",
        ),
        Guard(
            "rating_of_a_drawn_sample",
            "INSERT",
            "rating",
            f"NOT EXISTS (SELECT 1 FROM sample_seed WHERE {_PLAN}) "
            f"OR EXISTS (SELECT 1 FROM sample_end WHERE {_PLAN})",
            "rating: of a sample that was drawn, and not abandoned",
        ),
        Guard(
            "rating_two_at_most",
            "INSERT",
            "rating",
            f"(SELECT count(*) FROM rating WHERE {_SAME}) > 1",
            "rating: there are two already",
        ),
        Guard(
            "rating_by_another",
            "INSERT",
            "rating",
            f"(SELECT count(*) FROM rating WHERE {_SAME}) < 2 AND EXISTS (SELECT 1 FROM rating r "
            f"JOIN entry e ON e.seq = r.seq WHERE r.{_SAME} AND e.author = {AUTHOR})",
            "rating: the second is by another person",
        ),
        Guard(
            "rating_by_who_did_not_rate",
            "INSERT",
            "rating",
            "EXISTS (SELECT 1 FROM action a JOIN entry e ON e.seq = a.seq "
            "WHERE a.commitment_id = NEW.commitment_id AND a.kind = 'assessment' "
            f"AND e.author = {AUTHOR})",
            "rating: by nobody who has rated the commitment before",
        ),
        Guard(
            "rating_needs_evidence",
            "INSERT",
            "rating_text",
            "EXISTS (SELECT 1 FROM rating WHERE seq = NEW.seq "
            f"AND status NOT IN {sql_list(WITHOUT_EVIDENCE)})",
            "rating: evidence is required",
            only="NEW.source_title IS NULL AND NEW.source_url IS NULL",
        ),
        Guard(
            "rating_same_evidence",
            "INSERT",
            "rating",
            f"{_judges('NEW')} AND EXISTS (SELECT 1 FROM rating r WHERE r.{_SAME} AND r.seq < NEW.seq "
            f"AND {_differs(('happened_on', 'source_kind'), 'r', 'NEW')})",
            "rating: the second judges the evidence of the first",
        ),
        Guard(
            "rating_same_sources",
            "INSERT",
            "rating_text",
            f"EXISTS (SELECT 1 FROM rating n JOIN rating r ON {_SAME_AS_N} AND r.seq < n.seq "
            "JOIN rating_text x ON x.seq = r.seq "
            f"WHERE n.seq = NEW.seq AND {_judges('n')} AND {_differs(_SOURCES, 'x', 'NEW')})",
            "rating: the second judges the sources of the first",
        ),
        Guard(
            "rating_says_where",
            "INSERT",
            "rating_text",
            "NEW.searched IS NULL",
            "rating: where somebody looked is required",
        ),
    ]


def _ends() -> list[Guard]:
    statuses = f"(SELECT count(DISTINCT r.status) {_PAIR})"
    about = (
        "FROM action a JOIN entry e ON e.seq = a.seq WHERE a.seq = NEW.action_seq "
        "AND a.commitment_id = NEW.commitment_id AND a.kind = 'assessment'"
    )
    return [
        Guard(
            "rating_end_of_two",
            "INSERT",
            "rating_end",
            f"(SELECT count(*) {_PAIR}) <> 2",
            "rating_end: both ratings are in before",
        ),
        Guard(
            "rating_end_by_another",
            "INSERT",
            "rating_end",
            f"EXISTS (SELECT 1 {_PAIR} AND e.author = {AUTHOR})",
            "rating_end: by a third person",
        ),
        Guard(
            "rating_end_by_role",
            "INSERT",
            "rating_end",
            f"{role_of(AUTHOR)} NOT IN ('reviewer', 'admin', 'operator')",
            "rating_end: only a reviewer takes a rating that agrees",
            only="NEW.way = 'agreed'",
        ),
        Guard(
            "rating_end_agreed",
            "INSERT",
            "rating_end",
            f"{statuses} = 2 OR NOT EXISTS (SELECT 1 {about} AND a.status = "
            f"(SELECT min(r.status) {_PAIR}) AND e.author IN (SELECT e.author {_PAIR}))",
            "rating_end: of two that agree, with the assessment of one of them",
            only="NEW.way = 'agreed'",
        ),
        Guard(
            "rating_end_arbitrated",
            "INSERT",
            "rating_end",
            f"{statuses} = 1 OR NOT EXISTS (SELECT 1 {about} AND e.author = {AUTHOR})",
            "rating_end: of two that differ, with the assessment of who decides between them",
            only="NEW.way = 'arbitrated'",
        ),
    ]
