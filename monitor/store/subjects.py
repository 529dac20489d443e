"""What the log is about: for each subject its table, and the columns that its digests cover.

A writer inserts by these columns and `verify` reads by them, so neither can forget one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from monitor.areas import search_key
from monitor.schema import KEYS, fields_of, later_fields

#: What names a commitment in full: an entry digests that in the place of its number.
_COMMITMENT = ("c.signatory_id", "c.measure_id")

#: What a pact may say since any pact can be held.
LATER_OF_PACTS = ("offices", "areas", "places")


@dataclass(frozen=True)
class Subject:
    """`facts` and `texts` are columns, in the order in which they are digested. `file`: whose rows the
    entries are, if a file brings them. A commitment is digested in full, by signatory and measure."""

    table: str
    facts: tuple[str, ...]
    texts: tuple[str, ...] = ()
    file: str | None = None
    #: Of what no file of rows brings: the last of the facts, which came after the beginning.
    came_later: tuple[str, ...] = ()

    @property
    def text_table(self) -> str:
        return f"{self.table}_text"

    @cached_property
    def later_facts(self) -> tuple[str, ...]:
        """The last of the facts, which are digested where they are not empty: see `chain.digest`."""
        later = later_fields(self.file) if self.file else ()
        return (*self.came_later, *(field.name for field in later if not field.text))

    @cached_property
    def later_texts(self) -> tuple[str, ...]:
        """The same of the texts."""
        later = later_fields(self.file) if self.file else ()
        return tuple(field.name for field in later if field.text)

    @cached_property
    def facts_read(self) -> tuple[str, ...]:
        """The facts as they were digested, as SQL, with the table named `t` and `join` beside it."""
        read: list[str] = []
        for column in self.facts:
            read += _COMMITMENT if column == "commitment_id" else [f"t.{column}"]
        return tuple(read)

    @property
    def join(self) -> str:
        if "commitment_id" not in self.facts:
            return ""
        return "JOIN commitment c ON c.id = t.commitment_id AND c.pact_id = t.pact_id"


def _rows_of(file: str, table: str, facts: tuple[str, ...] | None = None) -> Subject:
    """The subject of the rows of a file: what identifies a row, its revision, the rest in the order of
    the file. `facts`: the order of its own that it has for those that were always there."""
    rest = [field for field in fields_of(file) if not field.text and not field.key]
    later = [field.name for field in later_fields(file) if not field.text]
    if facts is None:
        first = (field.name for field in rest if field.name not in later)
        facts = ("pact_id", *KEYS[file], "rev", *first)
    texts = (field.name for field in fields_of(file) if field.text)
    return Subject(table, (*facts, *later), tuple(texts), file)


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
            *LATER_OF_PACTS,
        ),
        came_later=LATER_OF_PACTS,
    ),
    "area": _rows_of("areas", "area"),
    "signatory": _rows_of("signatories", "signatory"),
    "mandate": _rows_of("mandates", "mandate"),
    "answer": _rows_of("answers", "answer"),
    "detail": _rows_of("details", "detail"),
    "action": _rows_of(
        "actions",
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
    ),
    "source": _rows_of("sources", "source"),
    "review": Subject("review", ("action_seq", "decision"), ("reason",)),
    "redaction": Subject("redaction", ("target_seq", "reason")),
    "load_step": Subject("load_step", ("load_seq", "step")),
    "load_review": Subject("load_review", ("load_seq", "decision"), ("reason",)),
    "withdrawal": Subject("withdrawal", ("load_seq",), ("reason",)),
    "row_withdrawal": Subject("row_withdrawal", ("target_seq",), ("reason",)),
    "link_check": Subject(
        "link_check", ("checked_on", "outcome"), ("url", "status", "archive_url")
    ),
    "reply_request": Subject(
        "reply_request", ("pact_id", "commitment_id", "way", "asked_on"), ("note",)
    ),
    "sample_plan": Subject("sample_plan", ("pact_id", "plan_id", "content"), ("dice",)),
    "sample_seed": Subject("sample_seed", ("pact_id", "plan_id", "seed")),
    "sample_end": Subject("sample_end", ("pact_id", "plan_id"), ("reason",)),
    "rating": Subject(
        "rating",
        ("pact_id", "plan_id", "commitment_id", "status", "happened_on", "source_kind"),
        (
            "summary",
            "source_title",
            "source_publisher",
            "source_url",
            "archive_url",
            "quote",
            "searched",
        ),
    ),
    "rating_end": Subject(
        "rating_end", ("pact_id", "plan_id", "commitment_id", "way", "action_seq")
    ),
}
#: File -> the subject of its rows.
SUBJECT_OF = {about.file: name for name, about in SUBJECTS.items() if about.file}
#: The subjects whose rows are about somebody who signed, whom they name themselves.
ABOUT_PEOPLE = tuple(
    name
    for name, about in SUBJECTS.items()
    if about.file and about.file != "signatories" and "signatory_id" in about.facts
)
#: Columns beside the texts that are computed from them: not in the digest.
DERIVED = {"action": ("search_key",)}


def derived_values(subject: str, texts: Sequence[str | None]) -> tuple[str, ...]:
    """What stands in the DERIVED columns beside these texts. `verify` compares: another way of making
    a search key needs a new schema file that makes those in the log again."""
    if subject != "action":
        return ()
    return (search_key(" ".join(filter(None, texts[:3]))),)  # summary, title, publisher


def columns_of(file: str, row: str = "t") -> dict[str, str]:
    """The columns of a file, in its order, each as SQL: facts of the table named `row`, texts of `x`,
    the commitment of an action of `c` and what it supersedes of `target`."""
    elsewhere: dict[str, str] = {}
    if file == "actions":
        elsewhere |= zip(("signatory_id", "measure"), _COMMITMENT, strict=True)
        elsewhere["supersedes"] = "target.action_id"
    return {
        field.name: elsewhere.get(field.name, f"{'x' if field.text else row}.{field.name}")
        for field in fields_of(file)
    }


def rows_from(file: str) -> str:
    """The FROM clause for `columns_of` a file: the table is `t`."""
    about = SUBJECTS[SUBJECT_OF[file]]
    tables = [f"FROM {about.table} t"]
    if about.texts:
        tables.append(f"JOIN {about.text_table} x ON x.seq = t.seq")
    if file == "actions":
        tables.append("JOIN commitment c ON c.id = t.commitment_id")
        tables.append("LEFT JOIN action target ON target.seq = t.supersedes")
    return " ".join(tables)
