"""The measures of a pact.toml: each checked by itself and beside the others, then in their order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from monitor.dates import date_interval
from monitor.errors import InvalidValue
from monitor.findings import RowError
from monitor.intake.cells import abbreviate_cell, check_identifier
from monitor.intake.toml_keys import (
    PartialDate,
    check_keys,
    partial_date,
    repeat_value,
    without_empty_texts,
)
from monitor.pacts import Measure

#: How many measures one may be under.
LEVELS = 5
REQUIRED = {"id": str, "wording": str}
OPTIONAL = {
    "theme": str,
    "parent": str,
    "objective": str,
    "objective_en": str,
    "title_fr": str,
    "title_en": str,
    "criterion_fr": str,
    "criterion_en": str,
    "due_on": PartialDate,
    "explanation": str,
}

_TITLES = {"title_fr", "title_en"}


def check_measures(tables: list, language: str, election_on: date) -> Iterator[RowError]:
    """What is wrong with the measures of a pact in that language; nothing is due before the election."""
    if not tables:
        yield RowError(None, "measures", "", "no_measures")
    titles = _titles_asked(language)
    measures: dict[str, dict] = {}
    for number, table in enumerate(tables, start=1):
        where = f"measures[{number}]."
        if not isinstance(table, dict):
            wanted = (("wanted", "[[measures]]"),)
            yield RowError(None, where[:-1], repeat_value(table), "wrong_type", wanted)
            continue
        errors = [*check_keys(table, REQUIRED, OPTIONAL, where)]
        yield from errors
        if errors:
            continue
        measure = _tidy(table)
        if check_identifier(measure["id"]):
            yield RowError(None, f"{where}id", abbreviate_cell(measure["id"]), "malformed_id")
        if measure["id"] in measures:
            yield RowError(None, f"{where}id", measure["id"], "duplicate_measure")
        if measure.keys() & _TITLES and not measure.keys() & set(titles):
            yield RowError(None, where + titles[0], "", "missing_key")
        if due := measure.get("due_on"):
            yield from _check_due(f"{where}due_on", due, election_on)
        measures.setdefault(measure["id"], measure | {"where": where})
    yield from _check_places(measures)


def _check_due(where: str, due: PartialDate, election_on: date) -> Iterator[RowError]:
    try:
        last = date_interval(partial_date(due)).last
    except InvalidValue as error:
        values = tuple((name, str(v)) for name, v in error.values.items() if name != "value")
        yield RowError(None, where, repeat_value(due), error.code, values)
        return
    if last < election_on:
        values = (("first", str(election_on)),)
        yield RowError(None, where, repeat_value(due), "due_out_of_term", values)


def _titles_asked(language: str) -> tuple[str, ...]:
    """The keys of which one must be there if the measure has a title at all: that in the language of
    the pact, or in any where there is none for that."""
    own = f"title_{language.partition('-')[0].lower()}"
    return (own,) if own in OPTIONAL else ("title_en", "title_fr")


def _check_places(measures: dict[str, dict]) -> Iterator[RowError]:
    """What is wrong with where measures stand: by themes, and under one another."""
    themes = {one: _theme_above(measures, one) for one in measures}
    for one, measure in measures.items():
        where, parent = measure["where"], measure.get("parent")
        if parent and parent not in measures:
            yield RowError(None, f"{where}parent", abbreviate_cell(parent), "unknown_parent")
        elif len(_above(measures, one)) > LEVELS:
            limit = (("limit", str(LEVELS)),)
            yield RowError(None, f"{where}parent", parent or "", "too_many_levels", limit)
        elif parent and measure.get("theme") and themes[parent] not in (None, themes[one]):
            values = (("parent", parent), ("before", themes[parent] or ""))
            yield RowError(
                None, f"{where}theme", abbreviate_cell(measure["theme"]), "theme_of_parent", values
            )


def _above(measures: dict[str, dict], one: str) -> list[str]:
    """The ids of the measures that it is under, the nearest first; more than LEVELS where there are too
    many, or where they go round."""
    found: list[str] = []
    while len(found) <= LEVELS and (one := measures[one].get("parent", "")) in measures:
        found.append(one)
    return found


def _theme_above(measures: dict[str, dict], one: str) -> str | None:
    """Its theme, or else that of the nearest measure above that has one."""
    themes = (measures[each].get("theme") for each in (one, *_above(measures, one)))
    return next((theme for theme in themes if theme), None)


def make_measures(tables: Iterable[dict]) -> tuple[Measure, ...]:
    """The measures of tables without errors: by theme, themes in the order of their first measure, each
    measure before its parts, whose theme is its own; what has no theme comes last."""
    given = {table["id"]: _tidy(table) for table in tables}
    measures = [
        replace(_made(table), theme=_theme_above(given, one)) for one, table in given.items()
    ]
    parts: defaultdict[str | None, list[Measure]] = defaultdict(list)
    for measure in measures:
        parts[measure.parent].append(measure)

    def with_parts(measure: Measure) -> Iterator[Measure]:
        yield measure
        for part in parts[measure.id]:
            yield from with_parts(part)

    tops = [each for top in parts[None] for each in with_parts(top)]
    themes = [*dict.fromkeys(each.theme for each in measures if each.theme), None]
    return tuple(sorted(tops, key=lambda each: themes.index(each.theme)))


def _tidy(table: dict) -> dict:
    """Without empty texts; the name of a theme is on one line."""
    given = without_empty_texts(table, OPTIONAL)
    return given | ({"theme": " ".join(given["theme"].split())} if "theme" in given else {})


def _made(table: dict) -> Measure:
    given = _tidy(table)
    if "due_on" in given:
        given["due_on"] = partial_date(given["due_on"])
    return Measure(**given)
