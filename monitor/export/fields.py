"""The dictionary of the published tables: type, unit, allowed values and keys of every column.

Titles and descriptions are messages: `column_title.<name>` and `dictionary.<name>`, or, where a table
means something of its own by a name, `dictionary.<table>_<name>`.
"""

from dataclasses import replace

from monitor import schema, sizes
from monitor.export.analysis_fields import ANALYSES
from monitor.export.field_kinds import (
    TIME,
    Field,
    coded_field,
    count_field,
    needed_field,
    optional_field,
    share_field,
)
from monitor.i18n import LANGUAGES, Choice, catalogue, text
from monitor.models import (
    WRITABLE,
    GroupBy,
    Kind,
    Lateness,
    Outcome,
    SignatoryKind,
    Status,
    Verdict,
)
from monitor.pacts import PLACE_WORDS, Pact
from monitor.schema import FILES, Type, fields_of

#: What the figures count, then what the columns of files are measured in.
UNITS = (
    *("commitment", "entry", "share", "person", "month", "day"),
    *dict.fromkeys(field.unit for field in schema.FIELDS if field.unit),
)

_PARTIAL = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_ADDRESS = r"[hH][tT][tT][pP][sS]?://.*"
_TYPES = {Type.NUMBER: "number", Type.WHOLE: "number"}
_PATTERNS = {Type.DATE: _PARTIAL, Type.DAY: _PARTIAL, Type.ADDRESS: _ADDRESS}

#: What the files of a view say of an entry beside actions.csv.
OF_THE_LOG = (
    count_field("seq", "entry"),
    needed_field("recorded_at", pattern=TIME),
    count_field("version", "entry"),
    needed_field("stands", "boolean"),
    optional_field("reply_on", pattern=_PARTIAL),
    optional_field("reply"),
)
_VIEW = (
    needed_field("pact"),
    needed_field("fictional", "boolean"),
    needed_field("as_of", "date"),
    optional_field("known_at", pattern=TIME),
    needed_field("log_head", pattern=r"[0-9]+:[0-9a-f]{64}"),
    needed_field("licence"),
)
#: What stands beside the rows of a view in JSON.
VIEW = (*_VIEW, optional_field("filters"))
_FIGURES = (
    count_field("due"),
    count_field("assessed"),
    share_field("coverage"),
    count_field("implemented"),
    count_field("partly"),
    share_field("rate"),
    share_field("rate_low"),
    share_field("rate_high"),
    count_field("no_evidence"),
    count_field("stale"),
    count_field("officials", "person"),
    count_field("officials_assessed", "person"),
    optional_field("entries_per_assessed", "number", unit="entry", low=0),
    optional_field("months_since_entry", "number", unit="month", low=0),
    count_field("due_ever"),
    count_field("assessed_ever"),
    count_field("implemented_ever"),
    count_field("partly_ever"),
)
_PACT = (
    needed_field("id"),
    needed_field("title"),
    needed_field("promoter"),
    needed_field("election"),
    needed_field("election_on", "date"),
    needed_field("term_start", "date"),
    optional_field("term_end", "date"),
    needed_field("language"),
    needed_field("fictional", "boolean"),
    optional_field("question"),
    optional_field("binding_offices"),
    optional_field("licence"),
    optional_field("areas"),
    *(optional_field(name) for name in PLACE_WORDS),
)


def _published(column: schema.Field) -> Field:
    """A column of the contract's files as it is published."""
    return Field(
        column.name,
        _TYPES.get(column.type, "string"),
        column.unit,
        () if column.type is Type.OFFICE else tuple(map(str, column.codes)),
        _PATTERNS.get(column.type),
        column.required or column.filled,
        column.low,
        column.high,
    )


_SIZES = coded_field(GroupBy.SIZE.value, sizes.SIZES, required=True)
TABLES: dict[str, tuple[Field, ...]] = {
    "pact": (
        *_PACT,
        *(field for field in _VIEW if field.name in ("as_of", "known_at", "log_head")),
    ),
    "measures": (
        needed_field("id"),
        optional_field("objective"),
        needed_field("wording"),
        optional_field("title_fr"),
        optional_field("title_en"),
        optional_field("criterion_fr"),
        optional_field("criterion_en"),
        optional_field("objective_en"),
        optional_field("due_on", pattern=_PARTIAL),
        optional_field("theme"),
        optional_field("parent"),
        optional_field("explanation"),
    ),
    **{
        file: tuple(_published(column) for column in fields_of(file) if not column.private)
        for file in FILES
    },
    "signed_areas": tuple(_published(column) for column in fields_of("areas")),
    "entries": (
        needed_field("action_id"),
        needed_field("signatory_id"),
        needed_field("measure"),
        coded_field("kind", Kind, required=True),
        coded_field("status", WRITABLE),
        needed_field("happened_on", pattern=_PARTIAL),
        needed_field("counts_on", "date"),
        needed_field("moves", "boolean"),
        needed_field("place", "integer", low=1),
        needed_field("seq", "integer", low=1),
        needed_field("recorded_at", pattern=TIME),
        needed_field("first_recorded_at", pattern=TIME),
        needed_field("texts_removed", "boolean"),
    ),
    "commitments": (
        needed_field("signatory_id"),
        needed_field("name"),
        needed_field("commune"),
        needed_field("measure"),
        coded_field("status", Status, required=True),
        optional_field("since", "date"),
        coded_field("verdict", Verdict, required=True),
        coded_field("lateness", Lateness),
        count_field("actions", "entry"),
        optional_field("commune_name"),
        optional_field("department_code"),
        optional_field("department"),
        optional_field("region_code"),
        optional_field("region"),
        coded_field("outcome", Outcome, required=True),
        optional_field("office"),
        needed_field("binding", "boolean"),
        optional_field("due_on", "date"),
        optional_field("last_on", "date"),
        coded_field("kind", SignatoryKind),
        optional_field("withdrawn_on", pattern=_PARTIAL),
        optional_field("reply_on", pattern=_PARTIAL),
        optional_field("reply"),
        *(_published(column) for column in fields_of("details") if column.text),
        optional_field("theme"),
        optional_field("population", "number", unit="inhabitant", low=0),
        _SIZES,
        needed_field("ever_bound", "boolean"),
        coded_field("status_ever", Status, required=True),
        optional_field("office_ever"),
        needed_field("left", "boolean"),
        needed_field("stale", "boolean"),
        *_VIEW,
    ),
    "indicators-total": (*_FIGURES, *_VIEW),
    **{
        f"indicators-{by.value}": (
            _SIZES
            if by is GroupBy.SIZE
            else Field(by.value, required=by in (GroupBy.MEASURE, GroupBy.COMMUNE)),
            *_FIGURES,
            *_VIEW,
        )
        for by in GroupBy
    },
    "indicators": (
        coded_field("grouping", ("total", *GroupBy), required=True),
        optional_field("code"),
        *_FIGURES,
        *_VIEW,
    ),
    **ANALYSES,
    "dictionary": (
        needed_field("file"),
        needed_field("column"),
        needed_field("type"),
        coded_field("unit", UNITS),
        *(needed_field(f"description_{lang}") for lang in LANGUAGES),
    ),
}


def fields_in(table: str, pact: Pact) -> tuple[Field, ...]:
    """The columns of a table of a pact, with the offices that it may hold."""
    return tuple(
        replace(field, values=pact.office_codes) if field.name == "office" else field
        for field in TABLES[table]
    )


def describe_column(table: str, column: str, lang: str, **words: Choice) -> str:
    """What a column of a table holds, in a language. `words`: those that fit a pact."""
    own = f"dictionary.{table_family(table)}_{column}"
    return text(own if own in catalogue(lang) else f"dictionary.{column}", lang, **words)


def title_of_column(column: str, lang: str, **words: Choice) -> str:
    """The name of a column in words. `words`: those that fit a pact."""
    return text(f"column_title.{column}", lang, **words)


def column_heading(column: str, lang: str) -> str:
    """The same at the head of a column."""
    words = title_of_column(column, lang)
    return words[:1].upper() + words[1:]


def table_title(table: str, lang: str) -> str:
    """The name of a table in words."""
    return text(f"table_title.{table.replace('-', '_')}", lang)


def table_description(table: str, lang: str) -> str:
    """What a row of a table is, in a language."""
    return text(f"table_help.{table_family(table)}", lang)


def table_family(table: str) -> str:
    """`indicators` for each of its groupings."""
    return table.partition("-")[0]


#: The columns that hold shares.
SHARE_COLUMNS = {
    field.name for columns in TABLES.values() for field in columns if field.unit == "share"
}
