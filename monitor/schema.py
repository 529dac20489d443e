"""Every column of the contract's files, declared once: what reads, checks, writes, digests, publishes
and describes them is made from here. CONTRIBUTING.md says how to add one.
"""

import re
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from monitor.models import (
    WRITABLE,
    Answer,
    EndReason,
    Kind,
    Office,
    Outcome,
    SignatoryKind,
    SourceKind,
)


class Type(StrEnum):
    """What a cell may hold."""

    IDENTIFIER = "identifier"
    #: The identifier of somebody who signed.
    SIGNATORY = "signatory"
    #: The identifier of an entry.
    ACTION = "action"
    #: One line, shown as it is; of PROSE, several.
    TEXT = "text"
    PROSE = "prose"
    #: Taken as it is, and not looked at.
    PLAIN = "plain"
    CODE = "code"
    #: A fact of the past, as precise as it is known (EDTF).
    DATE = "date"
    #: The same of what may lie ahead: it counts from the last day that it can mean.
    DAY = "day"
    ADDRESS = "address"
    #: Kept as text: the log holds no fractions.
    NUMBER = "number"
    #: The same, in digits alone (`plain_whole`).
    WHOLE = "whole"
    COMMUNE = "commune"
    MEASURE = "measure"
    MEASURES = "measures"
    #: A code of Office, or of the pact's own offices.
    OFFICE = "office"


@dataclass(frozen=True)
class Field:
    """One column of a file, in the file's order; what comes later comes last.

    `required`: a file must say it; `filled`: where it does not, the program does. `key`: it identifies
    a row. `text`: a court can have it removed, so it stands with the texts of the log; else it is a
    fact. `private`: taken from files and given to nobody. `codes`: all that a CODE may be; of an OFFICE,
    those that every pact has. `limit`: the longest that it may be in the log, where its table has no
    CHECK that says so. `unit`, `low` and `high`: of a number.

    `since`: the number of the schema file that brought it to the log, 1 for what was always there. One
    that is later than its file is part of an entry's digest if and only if it is not empty:
    docs/log-format.md.
    """

    name: str
    file: str
    type: Type
    required: bool = False
    filled: bool = False
    key: bool = False
    text: bool = False
    private: bool = False
    codes: tuple[str, ...] = ()
    limit: int | None = None
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    since: int = 1


def _code(name: str, file: str, codes, **more) -> Field:
    return Field(name, file, Type.CODE, codes=tuple(codes), **more)


#: The longest text, identifier and list of measures.
TEXT_LIMIT, IDENTIFIER_LIMIT, LIST_LIMIT = 2_000, 100, 100_000
#: The schema file that brought each file that was not always there.
_ANSWERS, _DETAILS, _SOURCES = 14, 16, 17
_FORMER_ANSWERS = 27
FIELDS = (
    Field("signatory_id", "signatories", Type.IDENTIFIER, filled=True, key=True),
    Field("name", "signatories", Type.TEXT, required=True, text=True),
    Field("commune", "signatories", Type.COMMUNE, required=True, limit=IDENTIFIER_LIMIT),
    Field("signed_on", "signatories", Type.DATE),
    Field("list", "signatories", Type.TEXT, text=True),
    _code("outcome", "signatories", Outcome, filled=True),
    Field("due_on", "signatories", Type.DAY),
    Field("measures", "signatories", Type.MEASURES, limit=LIST_LIMIT),
    Field("source_url", "signatories", Type.ADDRESS, text=True),
    _code("kind", "signatories", SignatoryKind, since=11),
    Field("withdrawn_on", "signatories", Type.DATE, since=11),
    Field("person_id", "signatories", Type.IDENTIFIER, limit=IDENTIFIER_LIMIT, since=11),
    Field("signatory_id", "mandates", Type.SIGNATORY, required=True, key=True),
    Field("office", "mandates", Type.OFFICE, required=True, key=True, codes=tuple(Office)),
    Field("started_on", "mandates", Type.DATE, required=True, key=True),
    Field("ended_on", "mandates", Type.DATE),
    _code("end_reason", "mandates", EndReason),
    Field("source_url", "mandates", Type.ADDRESS, text=True),
    Field("action_id", "actions", Type.IDENTIFIER, filled=True, key=True),
    Field("signatory_id", "actions", Type.SIGNATORY, required=True),
    Field("measure", "actions", Type.MEASURE, required=True),
    Field("happened_on", "actions", Type.DATE, required=True),
    _code("kind", "actions", Kind, filled=True),
    _code("status", "actions", WRITABLE),
    Field("summary", "actions", Type.PROSE, text=True),
    _code("source_kind", "actions", SourceKind),
    Field("source_title", "actions", Type.TEXT, text=True),
    Field("source_publisher", "actions", Type.TEXT, text=True),
    Field("source_url", "actions", Type.ADDRESS, text=True),
    Field("archive_url", "actions", Type.ADDRESS, text=True),
    Field("quote", "actions", Type.PROSE, text=True),
    Field("supersedes", "actions", Type.IDENTIFIER),
    Field("reason", "actions", Type.PROSE, text=True),
    # A free text that may name a person.
    Field("recorded_by", "actions", Type.PLAIN, text=True, private=True),
    Field("code", "areas", Type.IDENTIFIER, filled=True, key=True),
    Field("name", "areas", Type.TEXT, required=True),
    Field("department_code", "areas", Type.PLAIN, limit=TEXT_LIMIT),
    Field("department", "areas", Type.PLAIN, limit=TEXT_LIMIT),
    Field("region_code", "areas", Type.PLAIN, limit=TEXT_LIMIT),
    Field("region", "areas", Type.PLAIN, limit=TEXT_LIMIT),
    Field("epci", "areas", Type.PLAIN, limit=TEXT_LIMIT),
    Field("population", "areas", Type.WHOLE, limit=TEXT_LIMIT, unit="inhabitant", low=0),
    Field("latitude", "areas", Type.NUMBER, limit=TEXT_LIMIT, unit="degree", low=-90, high=90),
    Field("longitude", "areas", Type.NUMBER, limit=TEXT_LIMIT, unit="degree", low=-180, high=180),
    Field("signatory_id", "answers", Type.SIGNATORY, required=True, key=True, since=_ANSWERS),
    Field("measure", "answers", Type.MEASURE, required=True, key=True, since=_ANSWERS),
    _code("answer", "answers", Answer, required=True, since=_ANSWERS),
    Field("answered_on", "answers", Type.DATE, since=_ANSWERS),
    Field("comment", "answers", Type.PROSE, text=True, since=_ANSWERS),
    Field("source_url", "answers", Type.ADDRESS, text=True, since=_ANSWERS),
    # What stood until the day of the answer: whoever changed their mind gave both.
    _code("former_answer", "answers", Answer, since=_FORMER_ANSWERS),
    Field("former_answered_on", "answers", Type.DATE, since=_FORMER_ANSWERS),
    Field("former_comment", "answers", Type.PROSE, text=True, since=_FORMER_ANSWERS),
    Field("former_source_url", "answers", Type.ADDRESS, text=True, since=_FORMER_ANSWERS),
    Field("signatory_id", "details", Type.SIGNATORY, required=True, key=True, since=_DETAILS),
    Field("measure", "details", Type.MEASURE, required=True, key=True, since=_DETAILS),
    Field("wording", "details", Type.PROSE, text=True, since=_DETAILS),
    Field("due_on", "details", Type.DAY, since=_DETAILS),
    # Who is in charge, in words: nobody else is bound by it.
    Field("in_charge", "details", Type.TEXT, text=True, since=_DETAILS),
    Field("note", "details", Type.PROSE, text=True, since=_DETAILS),
    Field("action_id", "sources", Type.ACTION, required=True, key=True, since=_SOURCES),
    # Which of the sources of an entry it is: the program counts them where a file does not.
    Field("source_no", "sources", Type.WHOLE, filled=True, key=True, low=1, since=_SOURCES),
    _code("source_kind", "sources", SourceKind, since=_SOURCES),
    Field("source_title", "sources", Type.TEXT, text=True, since=_SOURCES),
    Field("source_publisher", "sources", Type.TEXT, text=True, since=_SOURCES),
    Field("source_url", "sources", Type.ADDRESS, text=True, since=_SOURCES),
    Field("archive_url", "sources", Type.ADDRESS, text=True, since=_SOURCES),
    Field("quote", "sources", Type.PROSE, text=True, since=_SOURCES),
)
FILES = tuple(dict.fromkeys(field.file for field in FIELDS))
#: What is said of an answer, and, each with `former_` before its name, of the answer before it.
ANSWER_COLUMNS = ("answer", "answered_on", "comment", "source_url")
#: What else people call a file; the commitments that are published are another table.
ALIASES = {"commitments": "details"}


def fields_of(file: str) -> tuple[Field, ...]:
    """The columns of a file, in its order."""
    return tuple(field for field in FIELDS if field.file == file)


def later_fields(file: str) -> tuple[Field, ...]:
    """Those of them that came to the log after their file."""
    fields = fields_of(file)
    return tuple(field for field in fields if field.since > fields[0].since)


def names_of(*types: Type) -> frozenset[str]:
    """The names of the columns, of any file, that hold one of these types."""
    return frozenset(field.name for field in FIELDS if field.type in types)


def plain_whole(text: str) -> str:
    """A whole number in digits alone, so that `int` takes it: logs of before hold `84090.00` as well.
    What is no whole number stays as it is."""
    found = re.fullmatch(r"(-?[0-9]+)(?:[.,]0+)?", text)
    return str(int(found[1])) if found else text


def _names(wanted) -> Iterator[tuple[str, tuple[str, ...]]]:
    for file in FILES:
        yield file, tuple(field.name for field in fields_of(file) if wanted(field))


#: By file: its columns, in the same order everywhere; those that are published; those that a file must
#: have; those that identify a row.
COLUMNS = dict(_names(lambda field: True))
OPEN = dict(_names(lambda field: not field.private))
REQUIRED = {file: frozenset(names) for file, names in _names(lambda field: field.required)}
KEYS = dict(_names(lambda field: field.key))
#: By file: those that hold whole numbers.
WHOLES = dict(_names(lambda field: field.type is Type.WHOLE))
#: By file: one of its rows, each value under the name of its column, None where nothing is said.
ROW_TYPES = {
    file: namedtuple(f"{file.capitalize()}Row", names, defaults=[None] * len(names))
    for file, names in COLUMNS.items()
}
#: What says what an entry rests on, as in sources.csv.
EVIDENCE = tuple(field.name for field in fields_of("sources") if not field.key)
#: A row of one of them: what its attributes are is written in FIELDS, where no type checker looks.
Values = Any
#: By file: the place of each column, under its name, in the cells of a row that is being read.
POSITIONS = {file: row._make(range(len(row._fields))) for file, row in ROW_TYPES.items()}
