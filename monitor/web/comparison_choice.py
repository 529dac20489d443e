"""What is to stand side by side: the address that says so, and the page on which the other is chosen."""

from collections.abc import Mapping, Sequence

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from monitor import areas
from monitor.i18n import text
from monitor.read import city as cities
from monitor.read.filters import FILTERS
from monitor.read.places import signed_area_keys, signed_areas
from monitor.read.selection import View
from monitor.table_rows import AreaRow, find_texts, read_rows
from monitor.web import before_vote, sheet_words
from monitor.web.city_choice import LISTED, PROPOSED
from monitor.web.html import address_names, render_page, with_query
from monitor.web.side_by_side import Pick

PATH = "/comparer"
#: The names of the address that say which places, or which people.
PLACES, PEOPLE = "villes", "signataires"


def comparison_address(
    view: View, asked: Sequence[Pick], names: Mapping[str, str | None], file: str = ""
) -> str:
    """Of these places, or people, in the pact and the language of the view; of one, where to choose the
    other. `names`: what else the address says; `file`: the end of the address of a file."""
    path = f"{PATH}/{file}" if file else PATH
    return with_query(path, address_names(view, **asked_names(asked), **names))


def asked_names(asked: Sequence[Pick]) -> dict[str, str]:
    """What an address says of these places, or people."""
    if asked and asked[0].signatory:
        return {PEOPLE: ",".join(one.signatory for one in asked)}
    return {PLACES: ",".join(one.code for one in asked)}


def find_places(view: View, typed: str) -> list[str]:
    """The codes of the places of the view that are meant by a code, that of a former commune, a name,
    or its beginning."""
    code = typed.strip().upper().replace(" ", "")
    today = areas.code_of_today(view.log.areas, code)
    for one in (typed, code, f"0{code}", today or ""):
        if FILTERS["commune"].accepts(view, one):
            return [one]
    signed, keys = signed_areas(view.state.now), signed_area_keys(view.state.now)
    key = areas.search_key(typed)
    if not key:
        return []
    same = signed[keys == key]
    found = same if len(same) else areas.search_areas(signed, typed, PROPOSED, keys)
    return [one for one in found.index if FILTERS["commune"].accepts(view, one)]


def find_people(view: View, typed: str) -> list[Pick]:
    """The signatories of the view with these ids, commas between; of an unknown one, nothing."""
    ids, _ = view.state.rows_by_signatory
    found = []
    for one in dict.fromkeys(each.strip() for each in typed.split(",")):
        if one in ids:
            commune = str(view.everybody["commune"].iloc[ids.get_loc(one)])
            found.append(Pick(commune, one))
    return found


def place_name(view: View, code: str) -> str:
    return str(view.log.areas["name"].get(code, code))


def kept_names(view: View, request: Request) -> dict[str, str | None]:
    """What an address keeps beside its places: the days, and the measures in view."""
    measures = {name: view.filters.get(name) for name in sheet_words.MEASURES}
    return {name: request.query_params.get(name) for name in ("au", "connu")} | measures


def choose_place(
    request: Request,
    view: View,
    codes: list[str],
    near: list[str],
    typed: str,
    unknown: list[str],
) -> Response:
    """Which other place: those that may be meant, else all, or of many those of about its size; before
    the vote, also which two people of the first."""
    kept, signed = kept_names(view, request), signed_areas(view.state.now)
    asked = [Pick(code) for code in codes]
    heading = view.text("comparison.link_bare")
    if codes:
        heading = view.text("comparison.with", name=place_name(view, codes[0]))
    rows = signed.loc[near] if near else _alike(view, signed, codes)
    rows = areas.sort_areas(rows.drop(index=codes, errors="ignore"))
    words = "comparison.meant" if near else "comparison.choose"
    if not near and len(signed) > LISTED:
        words = "comparison.choose_size" if codes else "comparison.search"
    alone = len(signed) == 1
    if alone:
        words, rows = "comparison.nothing_else", rows.head(0)
    unknown_places = [view.text("comparison.unknown", typed=one[:100]) for one in unknown]
    here = codes[0] if codes else ""
    if here and not cities.has_two_people(view, cities.city(view.day_state, here)):
        here = ""
    return render_page(
        request,
        "choice.html",
        view.lang,
        view=view,
        status=404 if unknown else 200,
        heading=heading,
        words=view.text(words),
        names=address_names(view),
        notices=[*unknown_places, *sheet_words.page_notices(view)],
        places=[
            {
                "words": areas.with_department(row.name, row.department_code),
                "address": comparison_address(view, [*asked, Pick(row.Index)], kept),
                "note": "",
            }
            for row in read_rows(AreaRow, rows)
        ],
        people_heading=view.text("comparison.here", name=place_name(view, here)),
        people=_people_of(view, here, [], kept) if here else [],
        pact=view.pact,
        typed=typed,
        search="" if alone else PATH,
        kept=list(address_names(view, **asked_names(asked), **kept).items()),
        canonical="",
    )


def choose_person(request: Request, view: View, first: Pick) -> Response:
    """Which other person of the same place."""
    ids, _ = view.state.rows_by_signatory
    name = str(view.everybody["name"].iloc[ids.get_loc(first.signatory)])
    others = _people_of(view, first.code, [first], kept_names(view, request))
    words = "comparison.choose_person" if others else "comparison.nobody_else"
    return render_page(
        request,
        "choice.html",
        view.lang,
        view=view,
        heading=text("comparison.with_person", view.lang, name=name),
        words=text(words, view.lang, place=place_name(view, first.code)),
        names=address_names(view),
        notices=sheet_words.page_notices(view),
        places=others,
        pact=view.pact,
        search="",
        canonical="",
    )


def _people_of(
    view: View, code: str, first: list[Pick], kept: Mapping[str, str | None]
) -> list[dict[str, str]]:
    """Links to whoever can stand beside `first`, in the order of their names; each with its list."""
    people = before_vote.sort_people(cities.city(view.day_state, code).people)
    there = {one.signatory for one in first}
    return [
        {
            "words": one.row.name,
            "address": comparison_address(view, [*first, Pick(code, one.row.signatory_id)], kept),
            "note": one.row.list or "",
        }
        for one in people
        if one.row.signatory_id not in there
    ]


def _alike(view: View, signed: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    """The places to choose from: of many, those whose population is nearest to that of the first."""
    there = view.everything["commune"].array.categories
    known = signed[find_texts(signed.index, there) >= 0]
    if len(known) <= LISTED:
        return known
    if not codes:
        return known.head(0)
    own = known["population"].get(codes[0])
    apart = (known["population"] - own).abs() if own == own else known["population"]
    return known.loc[apart.sort_values(kind="stable").index[: PROPOSED + 1]]
