"""pact.toml to a pact: every key checked, errors as data."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime

from monitor.dates import FIRST_YEAR, LAST_YEAR
from monitor.intake.cells import abbreviate_cell, check_identifier, named_character
from monitor.models import PACT_LANGUAGES, Measure, Office, Pact, RowError
from monitor.schema import TEXT_LIMIT

REQUIRED = {
    "id": str,
    "title": str,
    "promoter": str,
    "election": str,
    "election_on": date,
    "term_start": date,
    "term_end": date,
    "language": str,
    "fictional": bool,
    "measures": list,
}
OPTIONAL = {"question": str, "binding_offices": list, "licence": str}
MEASURE_REQUIRED = dict.fromkeys(
    ("id", "objective", "wording", "title_fr", "title_en", "criterion_fr", "criterion_en"), str
)
MEASURE_OPTIONAL = {"objective_en": str, "due_on": date}


def read_pact(content: bytes) -> tuple[Pact | None, list[RowError]]:
    """The pact that a pact.toml describes, or None and every reason why it cannot be taken."""
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None, [RowError(None, "", "", "pact_not_utf8")]
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        found = re.search(r"line (\d+)", str(error))
        line = int(found.group(1)) if found else None
        return None, [RowError(line, "", abbreviate_cell(str(error)), "not_toml")]
    except RecursionError:
        return None, [RowError(None, "", "", "not_toml")]
    errors = [*_table(data, REQUIRED, OPTIONAL, "")]
    if not errors:
        errors = [*_pact(data)]
    return (None, errors) if errors else (_made(data), [])


def _pact(data: dict) -> Iterator[RowError]:
    if check_identifier(data["id"]):
        yield RowError(None, "id", abbreviate_cell(data["id"]), "malformed_id")
    if data["language"] not in PACT_LANGUAGES:
        yield _unknown("language", data["language"], PACT_LANGUAGES)
    yield from _offices(data.get("binding_offices"))
    for name in ("election_on", "term_start", "term_end"):
        yield from _year(name, data[name])
    election, start, end = data["election_on"], data["term_start"], data["term_end"]
    if start >= end or election > start:
        name = "term_end" if start >= end else "election_on"
        yield RowError(None, name, str(data[name]), "term_order", (("start", str(start)),))
    if not data["measures"]:
        yield RowError(None, "measures", "", "no_measures")
    seen: set[str] = set()
    for number, measure in enumerate(data["measures"], start=1):
        where = f"measures[{number}]."
        if not isinstance(measure, dict):
            yield RowError(
                None, where[:-1], _said(measure), "wrong_type", (("wanted", "[[measures]]"),)
            )
            continue
        errors = [*_table(measure, MEASURE_REQUIRED, MEASURE_OPTIONAL, where)]
        yield from errors
        if errors:
            continue
        if check_identifier(measure["id"]):
            yield RowError(None, f"{where}id", abbreviate_cell(measure["id"]), "malformed_id")
        if measure["id"] in seen:
            yield RowError(None, f"{where}id", measure["id"], "duplicate_measure")
        seen.add(measure["id"])
        due = measure.get("due_on")
        if due and not data["election_on"] <= due <= end:
            limits = (("first", str(data["election_on"])), ("last", str(end)))
            yield RowError(None, f"{where}due_on", str(due), "due_out_of_term", limits)


def _offices(offices: list | None) -> Iterator[RowError]:
    known = (("known", ", ".join(Office)),)
    if offices == []:
        yield RowError(None, "binding_offices", "[]", "no_offices", known)
    for office in offices or ():
        if office not in list(Office):
            yield RowError(None, "binding_offices", _said(office), "unknown_code", known)


def _year(name: str, day: date) -> Iterator[RowError]:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        yield RowError(None, name, str(day), "year_out_of_range")


def _table(data: dict, required: dict, optional: dict, where: str) -> Iterator[RowError]:
    known = (("known", ", ".join([*required, *optional])),)
    for name in required:
        if name not in data:
            yield RowError(None, where + name, "", "missing_key")
    for name, value in data.items():
        wanted = {**required, **optional}.get(name)
        if wanted is None:
            yield RowError(None, where + name, _said(value), "unknown_key", known)
        elif not isinstance(value, wanted) or isinstance(value, datetime):
            kind = (("wanted", wanted.__name__),)
            yield RowError(None, where + name, _said(value), "wrong_type", kind)
        elif wanted is str:
            yield from _text(where + name, value, name in required)


def _text(name: str, value: str, required: bool) -> Iterator[RowError]:
    if required and not value.strip():
        yield RowError(None, name, "", "required")
    elif len(value) > TEXT_LIMIT:
        counts = (("length", str(len(value))), ("limit", str(TEXT_LIMIT)))
        yield RowError(None, name, abbreviate_cell(value), "too_long", counts)
    elif character := named_character(value):
        values = (("character", character),)
        yield RowError(None, name, abbreviate_cell(value), "control_character", values)


def _said(value) -> str:
    """What a report repeats of a value of any type."""
    try:
        return abbreviate_cell(str(value))
    except (ValueError, RecursionError):  # a number of thousands of digits, tables without an end
        return ""


def _unknown(name: str, value: str, known) -> RowError:
    return RowError(
        None, name, abbreviate_cell(value), "unknown_code", (("known", ", ".join(known)),)
    )


def _made(data: dict) -> Pact:
    """An optional text that is empty says nothing: it is as if it were not there."""
    given = _without_empty(data, OPTIONAL)
    measures = tuple(
        Measure(**_without_empty(measure, MEASURE_OPTIONAL)) for measure in data["measures"]
    )
    offices = data.get("binding_offices", [Office.MAYOR])
    binding = tuple(Office(office) for office in dict.fromkeys(offices))
    said = "binding_offices" in data
    return Pact(**{**given, "measures": measures, "binding_offices": binding, "offices_said": said})


def _without_empty(table: dict, optional: dict) -> dict:
    return {
        name: value
        for name, value in table.items()
        if not (optional.get(name) is str and not value.strip())
    }
