"""The filters: every name of an address that keeps some of the commitments, declared once.

The queries of pages and programs, their description, the lists on the pages and a view in words are all
derived from FILTERS. CONTRIBUTING.md says how to add one.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from monitor.i18n import number, text
from monitor.models import Answer, Lateness, Status
from monitor.sizes import SIZES, read_bounds
from monitor.titles import number_title

if TYPE_CHECKING:
    from monitor.read.selection import View

#: More inhabitants than bounds can say.
MOST_INHABITANTS = 999_999_999


class FilterScope(Enum):
    """What a filter chooses by. PLACE keeps people as well. STANDING, where commitments stand, would
    choose the answer of a rate: no rate follows it."""

    PLACE = "place"
    PROMISE = "promise"
    STANDING = "standing"


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One filter. `name`: in an address; `column`: of the commitments; `last_column`: that column as
    each last stood while it bound, where it is another one.

    `codes`: the values of a vocabulary, whose words are the messages `<label>.<code>`; None where its
    values are those that occur in a pact. `describe(view, value)`: such a value in words.
    `list_options`: what a page offers, code -> words, in order; by default every code, of people those
    that the pact has. `examples`: of
    values that are bounds of a number (`sizes.read_bounds`), where it keeps all within. `clears`: the
    filters that mean nothing once this one has another value.
    """

    name: str
    column: str
    scope: FilterScope
    last_column: str = ""
    codes: tuple[str, ...] | None = None
    describe: "Callable[[View, str], str] | None" = None
    list_options: "Callable[[View], Mapping[str, str]] | None" = None
    examples: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The end of its messages: `filter.<label>`, `filter.all_<label>`."""
        return self.column.removesuffix("_code")

    def accepts(self, view: "View", value: str) -> bool:
        """Whether it may take that value in this pact."""
        if self.examples:
            return read_bounds(value) is not None
        possible = self.codes or view.everything[self.column].array.categories
        return value in possible

    def values(self, view: "View") -> Collection[str]:
        """The values that it may take in this pact, in order; of bounds, examples."""
        if self.codes or self.examples:
            return self.codes or self.examples
        known = view.everything[self.column].cat
        found = [value for value in known.categories if value]
        return found if known.ordered else sorted(found)

    def words(self, view: "View", value: str) -> str:
        """One of its values in words: plain text, never markup."""
        if self.describe:
            return self.describe(view, value)
        return view.text(f"{self.label}.{value}", **view.state.common_wording)

    def options(self, view: "View") -> Mapping[str, str]:
        """What a page offers, code -> words; empty where nothing can be told apart by it."""
        if self.list_options:
            return self.list_options(view)
        offered = {code: self.words(view, code) for code in self.codes or ()}
        if self.scope is FilterScope.STANDING:
            return offered if self.name in view.filters or self._is_known(view) else {}
        if self.scope is not FilterScope.PLACE:
            return offered
        there = {*view.everybody[self.column].unique(), view.filters.get(self.name)}
        return _telling(view, self.name, {code: offered[code] for code in offered if code in there})

    def _is_known(self, view: "View") -> bool:
        """Whether it is known of any commitment of the pact that has bound by the day."""
        known = view.everything[self.column].notna() & view.everything["ever_bound"]
        return bool(known.any())


def _region_name(view: "View", code: str) -> str:
    return view.places("region")[code]


def _telling(view: "View", name: str, options: dict[str, str]) -> dict[str, str]:
    """Those of a filter of places, unless all places have the same."""
    return options if len(options) > 1 or name in view.filters else {}


def _regions(view: "View") -> dict[str, str]:
    if not view.in_departments:
        return {}
    places = {code: name for code, name in view.places_in_order("region").items() if code}
    return _telling(view, "region", places)


def _department_name(view: "View", code: str) -> str:
    return view.places("department")[code]


def _departments(view: "View") -> dict[str, str]:
    """Those of the region that is chosen, and the one that is, wherever it lies."""
    places = view.places("department", view.filters.get("region"))
    if own := view.filters.get("departement"):
        places = places | {own: _department_name(view, own)}
    named = {code: f"{code} · {places[code]}" for code in sorted(filter(None, places))}
    return named if "region" in view.filters else _telling(view, "departement", named)


def _commune_name(view: "View", code: str) -> str:
    return str(view.known.areas["name"].get(code, code))


def _theme_name(view: "View", theme: str) -> str:
    return theme


def _themes(view: "View") -> dict[str, str]:
    return {theme: theme for theme in view.pact.themes}


def _measure_title(view: "View", number: str) -> str:
    return number_title(number, view.titles[number])


def _measures(view: "View") -> dict[str, str]:
    """Those of the theme that is chosen, and the one that is, whatever its theme."""
    theme, own = view.filters.get("theme"), view.filters.get("mesure")
    return {
        each.id: _measure_title(view, each.id)
        for each in view.pact.measures
        if theme in (None, each.theme) or each.id == own
    }


def _office_title(view: "View", code: str) -> str:
    return view.office(code)


def _bounds_words(view: "View", value: str) -> str:
    low, high = read_bounds(value) or (0, 0)
    ends = {"low": number(low, view.lang), "high": number(min(high, MOST_INHABITANTS), view.lang)}
    kind = "least" if high > MOST_INHABITANTS else "between" if low else "most"
    return text(f"population.{kind}", view.lang, **ends)


def _answers(view: "View") -> dict[str, str]:
    """None where nobody was asked."""
    asked = tuple(Answer) if len(view.known.answers) else ()
    return {answer.value: text(f"answer.{answer}", view.lang) for answer in asked}


def _offices(view: "View") -> dict[str, str]:
    offices = view.pact.binding_offices if view.pact.offices_said else ()
    return {code: view.office(code) for code in offices}


#: Name in the address -> filter, in the order of every address.
FILTERS: Mapping[str, Filter] = {
    each.name: each
    for each in (
        Filter(
            name="region",
            column="region_code",
            scope=FilterScope.PLACE,
            describe=_region_name,
            list_options=_regions,
            clears=("departement",),
        ),
        Filter(
            name="departement",
            column="department_code",
            scope=FilterScope.PLACE,
            describe=_department_name,
            list_options=_departments,
        ),
        Filter(name="commune", column="commune", scope=FilterScope.PLACE, describe=_commune_name),
        Filter(
            name="theme",
            column="theme",
            scope=FilterScope.PROMISE,
            describe=_theme_name,
            list_options=_themes,
            clears=("mesure",),
        ),
        Filter(
            name="mesure",
            column="measure",
            scope=FilterScope.PROMISE,
            describe=_measure_title,
            list_options=_measures,
        ),
        Filter(
            name="reponse",
            column="answer",
            scope=FilterScope.PROMISE,
            codes=tuple(Answer),
            list_options=_answers,
        ),
        Filter(
            name="statut",
            column="status",
            last_column="status_ever",
            scope=FilterScope.STANDING,
            codes=tuple(Status),
        ),
        Filter(
            name="fonction",
            column="office",
            last_column="office_ever",
            scope=FilterScope.PROMISE,
            describe=_office_title,
            list_options=_offices,
        ),
        Filter(
            name="taille",
            column="size",
            scope=FilterScope.PLACE,
            codes=SIZES,
        ),
        Filter(
            name="habitants",
            column="population",
            scope=FilterScope.PLACE,
            describe=_bounds_words,
            examples=("1000-9999", "1000-", "-9999"),
        ),
        Filter(name="retard", column="lateness", scope=FilterScope.STANDING, codes=tuple(Lateness)),
    )
}
#: Every name that the address of a view may have, in order; `au`: as of, `connu`: known at.
NAMES = ("pacte", *FILTERS, "au", "connu", "lang")
#: The filters that say where commitments stand; a figure of all statuses follows none of them.
STANDING = tuple(name for name, each in FILTERS.items() if each.scope is FilterScope.STANDING)
#: The filters that keep people as well.
PLACE_FILTERS = tuple(name for name, each in FILTERS.items() if each.scope is FilterScope.PLACE)
#: The filters whose answer is the same on every day.
LASTING = tuple(
    name for name, each in FILTERS.items() if name not in STANDING and not each.last_column
)
