"""A row of each file as an example, for files to fill in."""

from collections.abc import Mapping, Sequence

from monitor.areas import search_key
from monitor.i18n import catalogue, text
from monitor.intake.titles import TABLES_OF_PACT
from monitor.models import SignatoryKind
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


def own_examples(
    keys: Mapping[str, object],
    offices: Sequence[Mapping],
    own_areas: bool,
    lang: str,
    kind: SignatoryKind | None = None,
) -> dict[str, str]:
    """By their words, the examples that a pact has of its own: of its offices, where it has such, of its
    places, where they are no communes, and of those who sign, where they are no persons. `keys`,
    `offices`: as in pact.toml."""
    found = {"mayor": title_of_office(offices[0], lang)} if offices else {}
    if kind:
        found |= {"person": text(f"example.{kind}", lang), "signer": text(f"kind.{kind}", lang)}
    if own_areas:
        found["commune"] = text("example.place", lang)
        if word := keys.get(f"place_{lang}"):
            place = f"{word} 1"
            found["commune"] = found["place"] = place[:1].upper() + place[1:]
            found["place_code"] = search_key(place).replace(" ", "-")
    return found


def title_of_office(office: Mapping, lang: str) -> str:
    """What an office of pact.toml is called."""
    return str(office.get(f"title_{lang}") or office.get("title_fr") or office["code"])


def example_row(
    content: str,
    lang: str,
    own: Mapping[str, str] | None = None,
    kind: SignatoryKind | None = None,
) -> dict[str, str]:
    """By column, the cells of a row as an example, which is told from data and never loaded. `own`: of
    the pact, see `own_examples`. `kind`: what those are who sign, where they are no persons: no council
    is elected to an office."""
    if kind is SignatoryKind.BODY and content == "mandates":
        return {}
    found = {}
    needed = {
        field.name: _OF_TYPE.get(field.type, "comment")
        for field in FIELDS
        if field.file == content and field.required
    }
    words = needed | _EXAMPLES.get(content, {})
    if kind and content == "signatories":
        words |= {"kind": "signer"}
    if kind is SignatoryKind.BODY:
        words.pop("outcome", None)
    for column, word in words.items():
        column = column.replace("_fr", f"_{lang}") if content in TABLES_OF_PACT else column
        key = f"{column}.{word}"
        value = (own or {}).get(word)
        value = value or text(key if key in catalogue(lang) else f"example.{word}", lang)
        found[column] = text("example.cell", lang, value=value)
    return found
