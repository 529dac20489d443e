"""What a program asks for, read strictly: each name once, each value known, or a sentence says why."""

import re
from collections.abc import Collection, Iterable, Mapping

from rapidfuzz import process

from monitor import areas
from monitor.errors import InvalidValue, NotFound
from monitor.i18n import LANGUAGES
from monitor.read import query
from monitor.read.filters import FILTERS, NAMES
from monitor.read.places import signed_areas
from monitor.read.selection import View
from monitor.snapshot import Snapshot

#: A city is sought among tens of thousands by no longer name than this.
LONGEST = 60
#: More values than this are not listed: those near what was typed are.
MANY, NEAR = 30, 4
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class BadQuery(InvalidValue):
    """A name or a value of an address that cannot be: `name` and `value` say which."""

    def __init__(self, code: str, name: str, value: str, **values):
        super().__init__(code, name=name, value=value, **values)
        self.name, self.value = name, value


def read_strictly(
    current: Snapshot,
    asked: Iterable[tuple[str, str]],
    own: Mapping[str, Collection[str] | None],
    accepted: str = "",
) -> View:
    """The view that names and values of an address ask for.

    `own`: the names of this route alone, each with its possible values (None: it sees to them);
    `accepted` as in `read_view`. Raises BadQuery and NotFound (`no_pact`).
    """
    names = (*NAMES, *own)
    given: dict[str, str] = {}
    for name, value in asked:
        if name not in names:
            raise BadQuery("query_unknown_name", name, value, known=", ".join(names))
        if name in given:
            raise BadQuery("query_repeated", name, value)
        if not value:
            raise BadQuery("query_empty", name, value)
        given[name] = value
        possible = own.get(name)
        if possible is not None and value not in possible:
            raise _not_one_of(name, value, possible)
    view = query.read_view(current, given, accepted)
    if view is None:
        raise NotFound("no_pact")
    for name, value in view.unknown:
        raise _unknown(view, name, value)
    if "au" in given and not _DAY.fullmatch(given["au"]):
        raise BadQuery("not_a_day", "au", given["au"])
    return view


def _unknown(view: View, name: str, value: str) -> BadQuery:
    """Why a value of the address means nothing, and what would."""
    if name == "au":
        return BadQuery(
            "day_to_come" if _DAY.fullmatch(value) and _is_day(value) else "not_a_day", name, value
        )
    if name == "connu":
        return BadQuery("query_not_a_time", name, value)
    if name == "commune":
        return _unknown_commune(view, value)
    possible = _values(view, name)
    if name == "departement" and len(possible) > MANY:
        return BadQuery("query_near_values", name, value, near=_near_departments(view, value))
    return _not_one_of(name, value, possible)


def _near_departments(view: View, value: str) -> str:
    """The departments whose name or code is nearest to what was typed: « 69 (Rhône), … »"""
    names = view.places("department")
    typed = [areas.search_key(name) for name in names.values()]
    found = process.extract(areas.search_key(value[:LONGEST]), [*typed, *names], limit=NEAR)
    codes = [list(names)[at % len(names)] for _, _, at in found]
    return ", ".join(f"{code} ({names[code]})" for code in dict.fromkeys(codes))


def _is_day(value: str) -> bool:
    try:
        return bool(query.date.fromisoformat(value))
    except ValueError:
        return False


def _values(view: View, name: str) -> Collection[str]:
    if name == "pacte":
        return list(view.snapshot.logs)
    if name == "lang":
        return LANGUAGES
    return FILTERS[name].values(view)


def _not_one_of(name: str, value: str, possible: Collection[str]) -> BadQuery:
    single = [one for one in possible if "," not in one]
    code = "query_unknown_value" if len(single) == len(possible) else "query_unknown_grouping"
    return BadQuery(code, name, value, known=", ".join(single))


def _unknown_commune(view: View, value: str) -> BadQuery:
    signed = signed_areas(view.state.now)
    code = value.upper()
    if (now := areas.code_of_today(view.log.areas, code)) is not None:
        place = view.log.areas["name"].get(now, now)
        return BadQuery("query_retired_commune", "commune", value, place=place, now=now)
    if code in view.log.areas.index:
        place = view.log.areas.at[code, "name"]
        return BadQuery("query_nobody_there", "commune", value, place=place)
    found = areas.nearest_areas(signed, value[:LONGEST]) if value.strip() and len(signed) else []
    near = ", ".join(f"{name} ({code})" for code, name, _ in found)
    if not near:
        return BadQuery("query_no_commune", "commune", value)
    return BadQuery("query_near_communes", "commune", value, near=near)
