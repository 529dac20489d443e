"""A row of each file as an example, for files to fill in."""

from monitor.i18n import catalogue, text
from monitor.intake.titles import TABLES_OF_PACT
from monitor.schema import FIELDS, Type

#: What an example holds: a code, or the message `example.<word>`.
_OF_TYPE = {
    Type.SIGNATORY: "person",
    Type.ACTION: "action",
    Type.MEASURE: "number",
    Type.DATE: "day",
    Type.IDENTIFIER: "office_code",
    Type.ADDRESS: "address",
}
_EXAMPLES: dict[str, dict[str, str]] = {
    "measures": {
        "id": "number",
        "theme": "theme",
        "wording": "wording",
        "title_fr": "title",
        "criterion_fr": "criterion",
    },
    "offices": {"code": "office_code", "title_fr": "office", "binding": "yes"},
    "areas": {"code": "place_code", "name": "place"},
    "signatories": {
        "name": "person",
        "commune": "commune",
        "signed_on": "day",
        "outcome": "elected",
    },
    "answers": {
        "answer": "partly",
        "answered_on": "day",
        "comment": "comment",
    },
    "mandates": {"office": "mayor"},
    "commitments": {"wording": "wording", "due_on": "later_day"},
    "actions": {
        "action_id": "action",
        "status": "decided",
        "summary": "summary",
        "source_kind": "council_act",
        "source_title": "source",
        "source_url": "address",
    },
}


def example_row(content: str, lang: str) -> dict[str, str]:
    """By column, the cells of a row as an example, which is told from data and never loaded."""
    found = {}
    needed = {
        field.name: _OF_TYPE.get(field.type, "comment")
        for field in FIELDS
        if field.file == content and field.required
    }
    for column, word in (needed | _EXAMPLES.get(content, {})).items():
        column = column.replace("_fr", f"_{lang}") if content in TABLES_OF_PACT else column
        key = f"{column}.{word}"
        said = text(key if key in catalogue(lang) else f"example.{word}", lang)
        found[column] = text("example.cell", lang, value=said)
    return found
