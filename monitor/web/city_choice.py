"""Which city: the list of those where somebody signed, a search, and what to do with a code or a name
that is not one of them."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

import pandas as pd
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from monitor import areas
from monitor.i18n import day, moment, text
from monitor.read.city import other_pacts
from monitor.read.places import area_keys, signed_area_keys, signed_areas
from monitor.read.selection import View
from monitor.table_rows import AreaRow, read_rows
from monitor.web import sheet_words
from monitor.web.html import (
    address_names,
    answer_with_page,
    render_page,
    site_address,
    view_of_request,
    with_query,
)

#: With more communes than this, departments are listed first.
LISTED = 500
#: Near names, or communes of one name, that are proposed.
PROPOSED = 30


def city_address(code: str, names: dict[str, str], form: str = "") -> str:
    return with_query(f"/ville/{quote(code, safe='')}{form}", names)


def all_cities(request: Request) -> Response:
    """Every commune where somebody signed; `nom`: a search by name; `departement`: one of them."""
    view = view_of_request(request)
    typed = request.query_params.get("nom", "").strip()[:100]
    if typed:
        return RedirectResponse(city_address(typed, address_names(view)), status_code=303)
    signed = signed_areas(view.state.now)
    within = view.filters.get("departement")
    placed = signed["department_code"].notna()
    if len(signed) > LISTED and not within and placed.any():
        names = view.places("department")
        counts = signed["department_code"].value_counts()
        places = [
            {
                "words": f"{code} · {name}" if code else text("filter.none", view.lang),
                "address": with_query("/ville", address_names(view, departement=code)),
                "note": view.plural("count.communes", int(counts.get(code, 0))),
            }
            for code, name in sorted(names.items())
            if code
        ]
        places += _places(view, areas.sort_areas(signed[~placed]))
        words = view.plural("sheet.departments", len(signed))
        return _page(request, view, view.text("page.cities"), words, places, canonical=True)
    rows = signed if not within else signed[signed["department_code"] == within]
    rows = areas.sort_areas(rows)
    heading = view.text("page.cities")
    if within:
        heading = f"{heading} · {view.places('department')[within]}"
    words = view.text("sheet.all")
    return _page(request, view, heading, words, _places(view, rows), canonical=not within)


index = answer_with_page(all_cities)


def city_not_found(request: Request, view: View, typed: str, form: str = "") -> Response:
    """What is shown for a code or a name where nobody is known to have signed: the commune that replaced
    it, those of that name, or near names. `form`: of the picture that was asked for."""
    lang, areas_known = view.lang, view.log.areas
    code = typed.upper().replace(" ", "")
    if code not in areas_known.index and f"0{code}" in areas_known.index:
        code = f"0{code}"  # a spreadsheet took it for a number
    signed, keys = signed_areas(view.state.now), signed_area_keys(view.state.now)
    names = dict(request.query_params)
    if code in signed.index:
        if code == typed:  # signed, and not known yet at the time that is asked about
            return _not_known_then(request, view, code)
        return RedirectResponse(city_address(code, names, form), status_code=301)
    merged = areas.code_of_today(areas_known, code)
    if merged and merged in signed.index:
        return RedirectResponse(
            city_address(merged, names | {"ancien": code}, form), status_code=301
        )
    notices = []
    if merged and merged in areas_known.index:
        notices = [
            text("sheet.merged", lang, old=code, name=areas_known["name"][merged], code=merged)
        ]
        code = merged
    if code in areas_known.index:
        return _not_signed(request, view, code, typed, notices)
    every = area_keys(view.state.now)
    alike = areas_known[every == areas.search_key(typed)]
    today = signed.index.intersection(alike.index)
    former = pd.Index(areas.areas_of_former_name(signed, typed)).difference(alike.index)
    if len(alike) == 1 and len(today):
        return RedirectResponse(city_address(today[0], names, form), status_code=302)
    is_only_one = len(today) == 1 and former.empty and not _elsewhere(view, alike.index.drop(today))
    if is_only_one:
        return RedirectResponse(
            city_address(today[0], names | {"ancien": typed}, form), status_code=302
        )
    if len(former) == 1 and alike.empty:
        names |= {"ancien": typed}
        return RedirectResponse(city_address(former[0], names, form), status_code=302)
    if len(former) or len(alike) > 1:
        without = areas.sort_areas(alike.drop(today))
        rows = pd.concat(
            [areas.sort_areas(signed.loc[today]), areas.sort_areas(signed.loc[former])]
        )
        longer = areas.search_areas(signed.drop(rows.index), typed, PROPOSED)
        rows = pd.concat([rows, longer, without])
        heading, words = view.text("sheet.which"), view.text("sheet.homonyms")
        places = [*_places(view, rows, typed), *_elsewhere(view, rows.index)]
        return _page(request, view, heading, words, places, status=300, typed=typed)
    if len(alike):
        return _not_signed(request, view, alike.index[0], typed, [])
    found = areas.search_areas(signed, typed, PROPOSED, keys)
    if found.empty:
        found = signed.loc[[code for code, _, _ in areas.nearest_areas(signed, typed, 5, keys)]]
    if found.empty:
        near = areas.nearest_areas(areas_known, typed, 5, every)
        found = areas_known.loc[[code for code, _, _ in near]]
    words = view.text("sheet.unknown", typed=typed[:100])
    if len(found):
        words += " " + text("sheet.unknown_near", lang)
    heading = view.text("sheet.not_found")
    return _page(
        request, view, heading, words, _places(view, found, typed), status=404, typed=typed
    )


def _not_signed(
    request: Request, view: View, code: str, typed: str, notices: list[str]
) -> Response:
    """A commune where nobody signed: other pacts there, then where somebody signed this one."""
    signed, keys = signed_areas(view.state.now), signed_area_keys(view.state.now)
    name = view.log.areas["name"][code]
    alike = areas.search_areas(signed, name, PROPOSED, keys)
    largest = signed.sort_values("population", ascending=False)
    places = [
        *_elsewhere(view, [code]),
        *_places(view, alike if len(alike) else largest[:PROPOSED], name),
    ]
    words = view.text("sheet.not_signed", name=name)
    heading = view.text("sheet.no_signatory")
    return _page(request, view, heading, words, places, status=404, typed=typed, notices=notices)


def _not_known_then(request: Request, view: View, code: str) -> Response:
    """A commune whose signatories came into the log later than what is asked about."""
    name = view.log.areas["name"].get(code, code)
    then = moment(view.known_at, view.lang) if view.known_at else day(view.day, view.lang)
    left_out = view.state.retracted_count
    message = "sheet.nobody_left_then" if left_out else "sheet.not_known_then"
    words = text(message, view.lang, moment=then, name=name)
    rows = view.log.areas.loc[[code]] if code in view.log.areas.index else view.log.areas.head(0)
    heading = view.text("sheet.no_signatory")
    return _page(request, view, heading, words, _places(view, rows), status=404)


def _elsewhere(view: View, codes: Sequence[str]) -> list[dict]:
    """The sheets of these communes in other pacts."""
    return [
        {
            "words": name,
            "note": text("sheet.elsewhere", view.lang, pact=pact.title, election=pact.election),
            "address": city_address(code, address_names(view, pacte=pact.id)),
        }
        for pact, code, name in other_pacts(view, codes)
    ]


def _noted(view: View, code: str, typed: str, has: bool) -> Iterator[str]:
    """What is said beside a place: that it had the name typed before, that nobody signed there."""
    name = str(view.log.areas["name"].get(code, ""))
    known = typed and areas.holds_commune(view.log.areas, code)
    former = areas.former_name(code, typed) if known else None
    if former and areas.search_key(typed) != areas.search_key(name):
        yield text("city.formerly", view.lang, name=former)
    if not has:
        yield view.text("sheet.nobody")


def _places(view: View, rows: pd.DataFrame, typed: str = "") -> list[dict]:
    """Where each place leads, with what is said beside it; `typed`: the name that was looked for."""
    signed = signed_areas(view.state.now)
    names, apart = address_names(view), text("sentence.semicolon", view.lang)
    return [
        {
            "words": areas.with_department(row.name, row.department_code),
            "address": city_address(row.Index, names),
            "note": apart.join(_noted(view, row.Index, typed, row.Index in signed.index)),
        }
        for row in read_rows(AreaRow, rows)
    ]


def _page(
    request: Request,
    view: View,
    heading: str,
    words: str,
    places: list[dict],
    *,
    status: int = 200,
    typed: str = "",
    canonical: bool = False,
    notices: Sequence[str] = (),
) -> Response:
    return render_page(
        request,
        "choice.html",
        view.lang,
        view=view,
        status=status,
        heading=heading,
        words=words,
        names=address_names(view),
        notices=[*notices, *sheet_words.page_notices(view)],
        places=places,
        pact=view.pact,
        typed=typed,
        kept=list(address_names(view).items()),
        canonical=site_address(request) + with_query("/ville", address_names(view))
        if canonical
        else "",
    )
