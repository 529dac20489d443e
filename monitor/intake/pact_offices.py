"""The offices of a pact.toml: its own, and those that it addresses."""

from collections.abc import Collection, Iterator, Mapping

from monitor.areas import search_key
from monitor.findings import RowError
from monitor.intake.cells import abbreviate_cell, check_identifier
from monitor.intake.toml_keys import check_keys, repeat_value, without_empty_texts
from monitor.intake.vocabulary import code_of
from monitor.models import Office
from monitor.pacts import OwnOffice

#: How many a pact may name: the place of each is kept in a byte.
MOST_OFFICES = 100
REQUIRED = {"code": str}
TITLES = ("title_fr", "title_fr_f", "title_en", "title_en_f")
OPTIONAL = {**dict.fromkeys(TITLES, str), "binding": bool, "level": str}


def check_offices(own: list, binding: list | None) -> Iterator[RowError]:
    """What is wrong with the offices that a pact names, and with `binding_offices`."""
    yield from _check_own(own)
    codes = [*map(str, Office), *(str(office["code"]) for office in _coded(own))]
    known = (("known", ", ".join(codes)),)
    if binding == [] and not own:
        yield RowError(None, "binding_offices", "[]", "no_offices", known)
    elif own and not binding_codes(own, binding or []):
        yield RowError(None, "offices", "", "no_binding_office", known)
    for office in binding or ():
        if office not in codes:
            titled = {str(one["code"]): list(_titles(one).values()) for one in _coded(own)}
            value, known = repeat_value(office), known_offices(titled)
            yield RowError(None, "binding_offices", value, "unknown_office", known)


def name_binding(own: list, binding: list) -> list:
    """The offices that a sheet says the pact addresses, each of the pact's own by its code where the
    sheet has its title."""
    codes = {
        search_key(title): str(one["code"])
        for one in _coded(own)
        for title in map(one.get, TITLES)
        if isinstance(title, str)
    }
    return [codes.get(search_key(str(office)), office) for office in binding]


def known_offices(own: Mapping[str, Collection[str]]) -> tuple[tuple[str, str], ...]:
    """What fills the sentence on an office that a pact does not have. `own`: the pact's, code ->
    titles."""
    titles = ", ".join(f"{next(iter(titles), code)} ({code})" for code, titles in own.items())
    return ("known", ", ".join(Office)), ("family", "office"), ("own", titles)


def _check_own(own: list) -> Iterator[RowError]:
    if len(own) > MOST_OFFICES:
        limit = (("limit", str(MOST_OFFICES)),)
        yield RowError(None, "offices", str(len(own)), "too_many_offices", limit)
    known: set[str] = set()
    # What a file may call an office -> its code, whether the word is a code or a title.
    words: dict[str, str] = {}
    for number, office in enumerate(own, start=1):
        where = f"offices[{number}]."
        if not isinstance(office, dict):
            wanted = (("wanted", "[[offices]]"),)
            yield RowError(None, where[:-1], repeat_value(office), "wrong_type", wanted)
            continue
        errors = [*check_keys(office, REQUIRED, OPTIONAL, where)]
        yield from errors
        if errors:
            continue
        code, titles = office["code"], _titles(office)
        if check_identifier(code):
            yield RowError(None, f"{where}code", abbreviate_cell(code), "malformed_id")
        elif code in known or code in list(Office):
            yield RowError(None, f"{where}code", code, "duplicate_office")
        elif meant := words.get(search_key(code)):
            values = (("meant", meant),)
            yield RowError(None, f"{where}code", code, "office_title_taken", values)
        if not titles.keys() & {"title_fr", "title_en"}:
            yield RowError(None, f"{where}title_fr", "", "missing_key")
        for name, title in titles.items():
            if meant := words.get(search_key(title)) or code_of("office", title):
                values = (("meant", meant),)
                yield RowError(
                    None, where + name, abbreviate_cell(title), "office_title_taken", values
                )
        known.add(code)
        words |= {search_key(word): code for word in (code, *titles.values())}


def _titles(office: dict) -> dict[str, str]:
    return {name: office[name] for name in TITLES if office.get(name, "").strip()}


def _coded(own: list) -> list[dict]:
    return [office for office in own if isinstance(office, dict) and "code" in office]


def binding_codes(own: list, binding: list) -> tuple[str, ...]:
    """The codes of the offices that the pact addresses: those of its list, and its own that say so
    themselves."""
    marked = (office["code"] for office in _coded(own) if office.get("binding") is True)
    return tuple(dict.fromkeys((*binding, *marked)))


def make_offices(own: list[dict]) -> tuple[OwnOffice, ...]:
    """The offices of tables without errors, in their order."""
    return tuple(
        OwnOffice(
            **{
                name: value
                for name, value in without_empty_texts(office, OPTIONAL).items()
                if name != "binding"
            }
        )
        for office in own
    )
