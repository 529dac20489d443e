"""What the log is about: for each subject its table, and the columns that its digests cover.

A writer inserts by these columns and `verify` reads by them, so neither can forget one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.areas import search_key


@dataclass(frozen=True)
class Subject:
    """`facts` and `texts` are columns; `select` reads the facts as they were digested, in that
    order, with the table named `t` (an action names its commitment in full)."""

    table: str
    facts: tuple[str, ...]
    texts: tuple[str, ...] = ()
    select: str | None = None
    join: str = ""

    @property
    def text_table(self) -> str:
        return f"{self.table}_text"

    @property
    def facts_sql(self) -> str:
        return self.select or ", ".join(f"t.{column}" for column in self.facts)


SUBJECTS = {
    "load": Subject("load", ("pact_id", "content", "file_name", "accepted")),
    "pact": Subject(
        "pact",
        (
            "pact_id",
            "rev",
            "title",
            "question",
            "promoter",
            "election",
            "election_on",
            "term_start",
            "term_end",
            "language",
            "fictional",
            "binding_offices",
            "licence",
            "measures",
        ),
    ),
    "area": Subject(
        "area",
        (
            "pact_id",
            "code",
            "rev",
            "name",
            "department_code",
            "department",
            "region_code",
            "region",
            "epci",
            "population",
            "latitude",
            "longitude",
        ),
    ),
    "signatory": Subject(
        "signatory",
        ("pact_id", "signatory_id", "rev", "commune", "signed_on", "outcome", "due_on", "measures"),
        ("name", "list", "source_url"),
    ),
    "mandate": Subject(
        "mandate",
        ("pact_id", "signatory_id", "office", "started_on", "rev", "ended_on", "end_reason"),
        ("source_url",),
    ),
    "action": Subject(
        "action",
        (
            "pact_id",
            "action_id",
            "version",
            "first",
            "commitment_id",
            "rev",
            "kind",
            "status",
            "happened_on",
            "source_kind",
            "supersedes",
        ),
        (
            "summary",
            "source_title",
            "source_publisher",
            "source_url",
            "archive_url",
            "quote",
            "reason",
            "recorded_by",
        ),
        select="t.pact_id, t.action_id, t.version, t.first, c.signatory_id, c.measure_id, t.rev, "
        "t.kind, t.status, t.happened_on, t.source_kind, t.supersedes",
        join="JOIN commitment c ON c.id = t.commitment_id AND c.pact_id = t.pact_id",
    ),
    "review": Subject("review", ("action_seq", "decision"), ("reason",)),
    "redaction": Subject("redaction", ("target_seq", "reason")),
    "load_review": Subject("load_review", ("load_seq", "decision"), ("reason",)),
    "withdrawal": Subject("withdrawal", ("load_seq",), ("reason",)),
    "row_withdrawal": Subject("row_withdrawal", ("target_seq",), ("reason",)),
    "link_check": Subject(
        "link_check", ("checked_on", "outcome"), ("url", "status", "archive_url")
    ),
    "reply_request": Subject(
        "reply_request",
        ("pact_id", "commitment_id", "way", "asked_on"),
        ("note",),
        select="t.pact_id, c.signatory_id, c.measure_id, t.way, t.asked_on",
        join="JOIN commitment c ON c.id = t.commitment_id AND c.pact_id = t.pact_id",
    ),
}
#: Columns beside the texts that are computed from them: not in the digest.
DERIVED = {"action": ("search_key",)}


def derived(subject: str, texts: Sequence[str | None]) -> tuple[str, ...]:
    """What stands in the DERIVED columns beside these texts. `verify` compares: another way of making
    a search key needs a new schema file that makes those in the log again."""
    if subject != "action":
        return ()
    return (search_key(" ".join(filter(None, texts[:3]))),)  # summary, title, publisher
