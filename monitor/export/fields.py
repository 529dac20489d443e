"""The dictionary of the published tables: type, unit, allowed values and keys of every column.

Titles and descriptions are messages: `column_title.<name>` and `dictionary.<name>`, or, where a table
means something of its own by a name, `dictionary.<table>_<name>`.
"""

from dataclasses import dataclass, replace

from monitor import areas, schema
from monitor.i18n import LANGUAGES, Choice, catalogue, text
from monitor.models import GroupBy, Lateness, Outcome, SignatoryKind, Status, Verdict
from monitor.pacts import PLACE_WORDS, Pact
from monitor.schema import FILES, KEYS, Type, fields_of


@dataclass(frozen=True)
class Field:
    """One column. `type`: string, integer, number, boolean or date. `values`: all that it may hold."""

    name: str
    type: str = "string"
    unit: str | None = None
    values: tuple[str, ...] = ()
    pattern: str | None = None
    required: bool = False
    low: float | None = None
    high: float | None = None


#: What the figures count, then what the columns of files are measured in.
UNITS = (
    *("commitment", "entry", "share", "person", "month"),
    *dict.fromkeys(field.unit for field in schema.FIELDS if field.unit),
)
#: Foreign keys: columns here, the table that has them, columns there.
Foreign = tuple[tuple[str, ...], str, tuple[str, ...]]

_PARTIAL = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_ADDRESS = r"[hH][tT][tT][pP][sS]?://.*"
_TYPES = {Type.NUMBER: "number", Type.WHOLE: "number"}
_PATTERNS = {Type.DATE: _PARTIAL, Type.DAY: _PARTIAL, Type.ADDRESS: _ADDRESS}
_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+([+]00:00|Z)"


def _field(name: str, type: str = "string", **more) -> Field:
    return Field(name, type, **more)


def _needed(name: str, type: str = "string", **more) -> Field:
    return Field(name, type, required=True, **more)


def _codes(name: str, codes, **more) -> Field:
    return Field(name, values=tuple(str(code) for code in codes), **more)


def _count(name: str, unit: str = "commitment") -> Field:
    return Field(name, "integer", unit=unit, required=True, low=0)


def _share(name: str) -> Field:
    return Field(name, "number", unit="share", low=0, high=1)


#: What the files of a view say of an entry beside actions.csv.
OF_THE_LOG = (
    _count("seq", "entry"),
    _needed("recorded_at", pattern=_TIME),
    _count("version", "entry"),
    _needed("stands", "boolean"),
    _field("reply_on", pattern=_PARTIAL),
    _field("reply"),
)
_VIEW = (
    _needed("pact"),
    _needed("fictional", "boolean"),
    _needed("as_of", "date"),
    _field("known_at", pattern=_TIME),
    _needed("log_head", pattern=r"[0-9]+:[0-9a-f]{64}"),
    _needed("licence"),
)
#: What stands beside the rows of a view in JSON.
VIEW = (*_VIEW, _field("filters"))
_FIGURES = (
    _count("due"),
    _count("assessed"),
    _share("coverage"),
    _count("implemented"),
    _count("partly"),
    _share("rate"),
    _share("rate_low"),
    _share("rate_high"),
    _count("no_evidence"),
    _count("stale"),
    _count("officials", "person"),
    _count("officials_assessed", "person"),
    _field("entries_per_assessed", "number", unit="entry", low=0),
    _field("months_since_entry", "number", unit="month", low=0),
    _count("due_ever"),
    _count("assessed_ever"),
    _count("implemented_ever"),
    _count("partly_ever"),
)
_PACT = (
    _needed("id"),
    _needed("title"),
    _needed("promoter"),
    _needed("election"),
    _needed("election_on", "date"),
    _needed("term_start", "date"),
    _field("term_end", "date"),
    _needed("language"),
    _needed("fictional", "boolean"),
    _field("question"),
    _field("binding_offices"),
    _field("licence"),
    _field("areas"),
    *(_field(name) for name in PLACE_WORDS),
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


_SIZES = _codes(GroupBy.SIZE.value, areas.SIZES, required=True)
TABLES: dict[str, tuple[Field, ...]] = {
    "pact": (
        *_PACT,
        *(field for field in _VIEW if field.name in ("as_of", "known_at", "log_head")),
    ),
    "measures": (
        _needed("id"),
        _field("objective"),
        _needed("wording"),
        _field("title_fr"),
        _field("title_en"),
        _field("criterion_fr"),
        _field("criterion_en"),
        _field("objective_en"),
        _field("due_on", pattern=_PARTIAL),
        _field("theme"),
        _field("parent"),
    ),
    **{
        file: tuple(_published(column) for column in fields_of(file) if not column.private)
        for file in FILES
    },
    "commitments": (
        _needed("signatory_id"),
        _needed("name"),
        _needed("commune"),
        _needed("measure"),
        _codes("status", Status, required=True),
        _field("since", "date"),
        _codes("verdict", Verdict, required=True),
        _codes("lateness", Lateness),
        _count("actions", "entry"),
        _field("commune_name"),
        _field("department_code"),
        _field("department"),
        _field("region_code"),
        _field("region"),
        _codes("outcome", Outcome, required=True),
        _field("office"),
        _needed("binding", "boolean"),
        _field("due_on", "date"),
        _field("last_on", "date"),
        _codes("kind", SignatoryKind),
        _field("withdrawn_on", pattern=_PARTIAL),
        _field("reply_on", pattern=_PARTIAL),
        _field("reply"),
        *(_published(column) for column in fields_of("details") if column.text),
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
        _codes("grouping", ("total", *GroupBy), required=True),
        _field("code"),
        *_FIGURES,
        *_VIEW,
    ),
    "dictionary": (
        _needed("file"),
        _needed("column"),
        _needed("type"),
        _codes("unit", UNITS),
        *(_needed(f"description_{lang}") for lang in LANGUAGES),
    ),
}
PRIMARY: dict[str, tuple[str, ...]] = {
    "pact": ("id",),
    "measures": ("id",),
    **KEYS,
    "commitments": ("signatory_id", "measure"),
    "indicators": ("grouping", "code"),
    "indicators-measure": ("measure",),
    "indicators-commune": ("commune",),
    "indicators-size": ("size",),
    "dictionary": ("file", "column"),
}
FOREIGN: dict[str, tuple[Foreign, ...]] = {
    "measures": ((("parent",), "measures", ("id",)),),
    "mandates": ((("signatory_id",), "signatories", ("signatory_id",)),),
    **{
        file: (
            (("signatory_id",), "signatories", ("signatory_id",)),
            (("measure",), "measures", ("id",)),
        )
        for file in ("answers", "details")
    },
    "actions": (
        (("signatory_id", "measure"), "commitments", ("signatory_id", "measure")),
        (("signatory_id",), "signatories", ("signatory_id",)),
        (("measure",), "measures", ("id",)),
        (("supersedes",), "actions", ("action_id",)),
    ),
    "sources": ((("action_id",), "actions", ("action_id",)),),
    "commitments": (
        (("signatory_id",), "signatories", ("signatory_id",)),
        (("measure",), "measures", ("id",)),
    ),
    "indicators-measure": ((("measure",), "measures", ("id",)),),
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


def title_of_column(column: str, lang: str) -> str:
    """The name of a column in words."""
    return text(f"column_title.{column}", lang)


def table_title(table: str, lang: str) -> str:
    """The name of a table in words."""
    return text(f"table_title.{table.replace('-', '_')}", lang)


def table_description(table: str, lang: str) -> str:
    """What a row of a table is, in a language."""
    return text(f"table_help.{table_family(table)}", lang)


def table_family(table: str) -> str:
    """`indicators` for each of its groupings."""
    return table.partition("-")[0]
