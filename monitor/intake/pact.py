"""pact.toml to a pact: every key checked, errors as data."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date

from monitor.dates import FIRST_YEAR, LAST_YEAR
from monitor.findings import RowError
from monitor.i18n import is_language_tag
from monitor.intake.cells import abbreviate_cell, check_identifier
from monitor.intake.pact_measures import check_measures, make_measures
from monitor.intake.pact_offices import binding_codes, check_offices, make_offices
from monitor.intake.toml_keys import check_keys, without_empty_texts
from monitor.models import AreaCodes, Office
from monitor.pacts import PLACE_WORDS, Pact

#: Letters of such a word: it stands in the names of filters and columns.
LONGEST_WORD = 40
REQUIRED = {
    "id": str,
    "title": str,
    "promoter": str,
    "election": str,
    "election_on": date,
    "term_start": date,
    "language": str,
    "fictional": bool,
    "measures": list,
}
OPTIONAL = {
    "term_end": date,
    "question": str,
    "binding_offices": list,
    "licence": str,
    "offices": list,
    "areas": str,
    **dict.fromkeys(PLACE_WORDS, str),
}


def read_pact(content: bytes) -> tuple[Pact | None, list[RowError]]:
    """The pact that a pact.toml describes, or None and every reason why it cannot be taken."""
    data, errors = parse_pact(content)
    return (None, errors) if errors else check_pact(data)


def parse_pact(content: bytes) -> tuple[dict, list[RowError]]:
    """The keys of a pact.toml, unchecked, or why it is no TOML."""
    try:
        return tomllib.loads(content.decode("utf-8-sig")), []
    except UnicodeDecodeError:
        return {}, [RowError(None, "", "", "pact_not_utf8")]
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        found = re.search(r"line (\d+)", str(error))
        line = int(found.group(1)) if found else None
        return {}, [RowError(line, "", abbreviate_cell(str(error)), "not_toml")]
    except RecursionError:
        return {}, [RowError(None, "", "", "not_toml")]


def check_pact(data: dict) -> tuple[Pact | None, list[RowError]]:
    """`read_pact`, of keys that were read already."""
    # That there are none is said by what is wrong with measures.
    errors = [*check_keys({"measures": [], **data}, REQUIRED, OPTIONAL, "")]
    if not errors and "measures" not in data:
        errors = [*check_measures([], data["language"], data["election_on"])]
    if not errors:
        errors = [*_pact(data)]
    return (None, errors) if errors else (_made(data), [])


def _pact(data: dict) -> Iterator[RowError]:
    if check_identifier(data["id"]):
        yield RowError(None, "id", abbreviate_cell(data["id"]), "malformed_id")
    if not is_language_tag(data["language"]):
        yield RowError(None, "language", abbreviate_cell(data["language"]), "malformed_language")
    if (areas := data.get("areas") or AreaCodes.INSEE) not in list(AreaCodes):
        yield _unknown("areas", areas, AreaCodes)
    yield from _place_words(data)
    yield from check_offices(data.get("offices", []), data.get("binding_offices"))
    for name in ("election_on", "term_start", "term_end"):
        if name in data:
            yield from _year(name, data[name])
    election, start, end = data["election_on"], data["term_start"], data.get("term_end")
    reversed_term = end is not None and start >= end
    if reversed_term or election > start:
        name = "term_end" if reversed_term else "election_on"
        yield RowError(None, name, str(data[name]), "term_order", (("start", str(start)),))
    yield from check_measures(data["measures"], data["language"], election)


def _place_words(data: dict) -> Iterator[RowError]:
    for name in PLACE_WORDS:
        word = data.get(name, "").strip()
        if len(word) > LONGEST_WORD:
            counts = (("length", str(len(word))), ("limit", str(LONGEST_WORD)))
            yield RowError(None, name, abbreviate_cell(word), "too_long", counts)
        one = name.replace("places_", "place_")
        if word and not data.get(one, "").strip():
            yield RowError(None, one, "", "missing_key")


def _year(name: str, day: date) -> Iterator[RowError]:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        yield RowError(None, name, str(day), "year_out_of_range")


def _unknown(name: str, value: str, known) -> RowError:
    return RowError(
        None, name, abbreviate_cell(value), "unknown_code", (("known", ", ".join(known)),)
    )


def _made(data: dict) -> Pact:
    given = without_empty_texts(data, OPTIONAL)
    own = data.get("offices", [])
    binding = binding_codes(own, data.get("binding_offices", []))
    return Pact(
        **given
        | {
            "measures": make_measures(data["measures"]),
            "binding_offices": binding or (Office.MAYOR,),
            "offices_said": bool(binding),
            "offices": make_offices(own),
            "areas": AreaCodes(given.get("areas") or AreaCodes.INSEE),
            **{name: given[name].strip() for name in PLACE_WORDS if name in given},
        }
    )
