"""Two places side by side in one address: /comparer?villes=75056,69123, its frame, its files."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from itertools import chain

import pandas as pd
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from monitor import areas, export
from monitor.export.forms import READERS, form_words
from monitor.i18n import join_items, text
from monitor.read import current_log, files
from monitor.read.filters import FILTERS
from monitor.read.selection import View
from monitor.read.strict_query import BadQuery
from monitor.snapshot import log_today
from monitor.table_rows import AreaRow, read_rows
from monitor.web import sheet_sharing, sheet_words, side_by_side
from monitor.web.city_choice import LISTED, PROPOSED, city_address
from monitor.web.html import (
    address_names,
    answer_with_page,
    content_policy,
    not_modified,
    render_page,
    site_address,
    view_of_request,
    with_query,
)
from monitor.web.query import requested_view
from monitor.web.responses import Answer, Public, etag

PATH = "/comparer"
#: The name of the address that says which places.
PLACES = "villes"
#: Pixels of a frame of another site.
HEIGHT, WIDTH = 900, 800


def comparison_address(
    view: View, codes: list[str], names: Mapping[str, str | None], form: str = ""
) -> str:
    """Of these places in the pact and the language of the view; of one place, where to choose the
    other. `names`: what else the address says; `form`: of a file."""
    path = f"{PATH}/engagements.{form}" if form else PATH
    return with_query(path, address_names(view, **{PLACES: ",".join(codes), **names}))


def find_places(view: View, typed: str) -> list[str]:
    """The codes of the places of the view that are meant by a code, that of a former commune, a name,
    or its beginning."""
    code = typed.strip().upper().replace(" ", "")
    today = areas.code_of_today(view.log.areas, code)
    for one in (typed, code, f"0{code}", today or ""):
        if FILTERS["commune"].accepts(view, one):
            return [one]
    signed, keys = view.state.now.signed_areas, view.state.now.signed_area_keys
    key = areas.search_key(typed)
    if not key:
        return []
    same = signed[keys == key]
    found = same if len(same) else areas.search_areas(signed, typed, PROPOSED, keys)
    return [one for one in found.index if FILTERS["commune"].accepts(view, one)]


@answer_with_page
def comparison(request: Request) -> Response:
    """Two places; with less than two that can be meant, a choice. `nom`: a search for the other;
    `cadre=1`: for a frame of another site."""
    view, query = view_of_request(request), request.query_params
    asked = [one.strip() for one in query.get(PLACES, "").split(",") if one.strip()]
    found = {one: find_places(view, one[:100]) for one in asked}
    codes = list(dict.fromkeys(one[0] for one in found.values() if len(one) == 1))
    kept = _kept(view, request)
    if (typed := query.get("nom", "").strip()[:100]) and len(codes) < 2:
        named = [one for one in find_places(view, typed) if one not in codes]
        if codes and len(named) == 1:
            other = comparison_address(view, [*codes, *named], kept)
            return RedirectResponse(other, status_code=303)
        return _choice(request, view, codes, named, typed, [] if named else [typed])
    if len(codes) < 2:
        near = [code for one in found.values() if len(one) > 1 for code in one]
        return _choice(
            request, view, codes, near, "", [one for one, own in found.items() if not own]
        )
    if same := not_modified(request, view):
        return same
    codes = sorted(codes[:2], key=lambda code: (*areas.sort_key(_name(view, code)), code))
    framed = query.get("cadre") == "1"
    rules = content_policy(framed=True) if framed else None
    notices = [*sheet_words.page_notices(view)]
    if len(asked) > 2:
        notices.append(view.text("comparison.two"))
    return render_page(
        request,
        "comparison.html",
        view.lang,
        rules=rules,
        view=view,
        names=address_names(view),
        framed=framed,
        notices=notices,
        **_values(request, view, codes, kept),
    )


def _name(view: View, code: str) -> str:
    return str(view.log.areas["name"].get(code, code))


def _kept(view: View, request: Request) -> dict[str, str | None]:
    """What an address keeps beside its places: the days, and the measures in view."""
    measures = {name: view.filters.get(name) for name in sheet_words.MEASURES}
    return {name: request.query_params.get(name) for name in ("au", "connu")} | measures


def _values(request: Request, view: View, codes: list[str], kept: dict[str, str | None]) -> dict:
    base, lang = site_address(request), view.lang
    shown = side_by_side.compare_places(view, codes)
    names = [place.name for place in shown.places]
    both = join_items([place.title for place in shown.places], lang)
    pinned = kept | {"au": view.day.isoformat(), "connu": sheet_sharing.last_known_at(view)}
    measures = {name: view.filters.get(name) for name in sheet_words.MEASURES}
    canonical = base + comparison_address(view, codes, measures)
    narrowed = view.without(*(name for name in view.filters if name not in sheet_words.MEASURES))

    def sheet(code: str, measure: str | None = None) -> str:
        own = kept | ({"mesure": measure, "theme": None} if measure else {})
        return city_address(code, address_names(view, **own))

    return {
        "pact": view.pact,
        "heading": text("comparison.title", lang, first=names[0], second=names[1]),
        "shown": shown,
        "counts": side_by_side.count_measures(view, shown),
        "day": view.day,
        "today": log_today().isoformat(),
        "here": PATH,
        "kept": [
            (PLACES, ",".join(codes)),
            *address_names(view, **measures, connu=kept["connu"]).items(),
        ],
        "narrowed": sheet_words.filters_of_sheet(narrowed),
        "whole": comparison_address(view, codes, kept | dict.fromkeys(sheet_words.MEASURES)),
        "sheet": sheet,
        "others": [
            (
                view.text("comparison.other", name=one.name),
                comparison_address(view, [two.code], kept),
            )
            for one, two in zip(shown.places, reversed(shown.places), strict=True)
        ],
        "entry_address": lambda seq: with_query(
            "/actions", address_names(view) | {"entree": str(seq)}
        ),
        "canonical": canonical,
        "files": [
            (form_words(form, lang), comparison_address(view, codes, kept, form))
            for form in READERS
        ],
        "embed": sheet_sharing.frame_code(
            f"{canonical}&cadre=1", f"{both} · {view.pact.title}", HEIGHT, WIDTH
        ),
        "citation": sheet_sharing.sheet_citation(
            view, both, base + comparison_address(view, codes, pinned)
        ),
        "method": with_query("/methode", address_names(view)),
        **sheet_sharing.closing_words(view),
    }


def _choice(
    request: Request,
    view: View,
    codes: list[str],
    near: list[str],
    typed: str,
    unknown: list[str],
) -> Response:
    """Which other place: those that may be meant, else all, or of many those of about its size."""
    kept, signed = _kept(view, request), view.state.now.signed_areas
    heading = view.text("comparison.link_bare")
    if codes:
        heading = view.text("comparison.with", name=_name(view, codes[0]))
    rows = signed.loc[near] if near else _alike(view, signed, codes)
    rows = areas.sort_areas(rows.drop(index=codes, errors="ignore"))
    words = "comparison.meant" if near else "comparison.choose"
    if not near and len(signed) > LISTED:
        words = "comparison.choose_size" if codes else "comparison.search"
    said = [view.text("comparison.unknown", typed=one[:100]) for one in unknown]
    return render_page(
        request,
        "choice.html",
        view.lang,
        view=view,
        status=404 if unknown else 200,
        heading=heading,
        words=view.text(words),
        names=address_names(view),
        notices=[*said, *sheet_words.page_notices(view)],
        places=[
            {
                "words": areas.with_department(row.name, row.department_code),
                "address": comparison_address(view, [*codes, row.Index], kept),
                "note": "",
            }
            for row in read_rows(AreaRow, rows)
        ],
        pact=view.pact,
        typed=typed,
        search=PATH,
        kept=list(address_names(view, **{PLACES: ",".join(codes)}, **kept).items()),
        canonical="",
    )


def _alike(view: View, signed: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    """The places to choose from: of many, those whose population is nearest to that of the first."""
    known = signed[[FILTERS["commune"].accepts(view, code) for code in signed.index]]
    if len(known) <= LISTED:
        return known
    if not codes:
        return known.head(0)
    own = known["population"].get(codes[0])
    apart = (known["population"] - own).abs() if own == own else known["population"]
    return known.loc[apart.sort_values(kind="stable").index[: PROPOSED + 1]]


def prepare_file(form: str, request: Request) -> Answer:
    """The commitments of both places, as the API gives those of one."""
    view, asked = requested_view(request, {PLACES: None}), request.query_params.get(PLACES, "")
    for name, value in view.filters.items():
        if name not in sheet_words.MEASURES:
            known = ", ".join((PLACES, *sheet_words.MEASURES))
            raise BadQuery("query_unknown_name", name, value, known=known)
    found = [find_places(view, one) for one in asked.split(",")]
    codes = list(dict.fromkeys(one[0] for one in found if len(one) == 1))
    if len(codes) != 2 or len(found) != 2:
        raise BadQuery("query_two_places", PLACES, asked)
    encoded = export.FORMS[form]
    described = files.view_description(
        replace(view, filters={PLACES: ",".join(codes), **view.filters})
    )
    caption = replace(files.table_caption(view, "commitments"), view=described)
    name = f"{view.log.pact.id}-{'-'.join(codes)}-{view.day.isoformat()}.{form}"
    current_log.KEEPER.note_export()
    return Answer(
        etag=etag(view, f"comparison.{form}", *codes),
        media_type=encoded.media_type,
        lang=view.lang,
        pieces=lambda: encoded.encode(
            chain.from_iterable(
                files.commitment_parts(sheet_words.city_view(view, code)) for code in codes
            ),
            caption,
        ),
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


ROUTES = [
    Route(PATH, comparison),
    *(
        Route(f"{PATH}/engagements.{form}", Public(partial(prepare_file, form)))
        for form in export.FORMS
    ),
]
