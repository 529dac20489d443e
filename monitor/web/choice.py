"""Which city: the list of those where somebody signed, a search, and what to do with a code or a name
that is not one of them."""

from urllib.parse import quote

import pandas as pd
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from monitor import areas
from monitor.i18n import plural, text
from monitor.views import session
from monitor.views.view import View
from monitor.web import sheet_words
from monitor.web.html import answering, asked, own, page, site, with_query

#: With more communes than this, departments are listed first.
LISTED = 500
#: Near names, or communes of one name, that are proposed.
PROPOSED = 30


def address(code: str, names: dict[str, str]) -> str:
    return with_query(f"/ville/{quote(code, safe='')}", names)


@answering
def index(request: Request) -> Response:
    """Every commune where somebody signed; `nom`: a search by name; `departement`: one of them."""
    view = asked(request)
    typed = request.query_params.get("nom", "").strip()[:100]
    if typed:
        return RedirectResponse(address(typed, own(view)), status_code=303)
    signed, _ = session.places(view.snapshot, view.log.pact.id)
    within = view.filters.get("departement")
    if len(signed) > LISTED and not within:
        names = view.places("department")
        counts = signed["department_code"].value_counts()
        places = [
            {
                "words": f"{code} · {name}" if code else text("filter.none", view.lang),
                "address": with_query("/ville", own(view, departement=code)),
                "note": plural("count.communes", int(counts.get(code, 0)), view.lang),
            }
            for code, name in sorted(names.items())
            if code
        ]
        words = plural("sheet.departments", len(signed), view.lang)
        return _page(request, view, text("page.cities", view.lang), words, places, canonical=True)
    if within:
        signed = signed[signed["department_code"] == within]
    rows = signed.iloc[pd.Series([areas.search_key(name) for name in signed["name"]]).argsort()]
    heading = text("page.cities", view.lang)
    if within:
        heading = f"{heading} · {view.places('department')[within]}"
    words = text("sheet.all", view.lang)
    return _page(request, view, heading, words, _places(view, rows), canonical=not within)


def otherwise(request: Request, view: View, typed: str) -> Response:
    """What there is in the place of a code or a name where nobody signed: the commune that replaced it,
    those of that name, or near names."""
    code = typed.upper().replace(" ", "")
    if code not in view.log.areas.index and f"0{code}" in view.log.areas.index:
        code = f"0{code}"  # a spreadsheet took it for a number
    signed, keys = session.places(view.snapshot, view.log.pact.id)
    names = dict(request.query_params)
    if code in signed.index:
        return RedirectResponse(address(code, names), status_code=301)
    if (merged := areas.retired().get(code)) in view.log.areas.index:
        return RedirectResponse(address(merged, names | {"ancien": code}), status_code=301)
    lang = view.lang
    if code in view.log.areas.index:
        name = view.log.areas["name"][code]
        words = text("sheet.not_signed", lang, name=name)
        return _not_found(request, view, words, areas.search(signed, name, PROPOSED, keys), typed)
    every = session.area_keys(view.snapshot, view.log.pact.id)
    alike = view.log.areas[every == areas.search_key(typed)]
    has = signed.index.get_indexer(alike.index) >= 0
    known = alike[has]
    if len(alike) == 1 and len(known) == 1:
        return RedirectResponse(address(known.index[0], names), status_code=302)
    if len(alike) > 1:
        rows = pd.concat([known, alike[~has]])
        heading, words = text("sheet.which", lang), text("sheet.homonyms", lang)
        return _page(request, view, heading, words, _places(view, rows), status=300, typed=typed)
    if len(alike):
        words = text("sheet.not_signed", lang, name=alike["name"].iloc[0])
        return _not_found(request, view, words, signed.head(0), typed)
    found = areas.search(signed, typed, PROPOSED, keys)
    if found.empty:
        found = signed.loc[[code for code, _, _ in areas.near(signed, typed, 5, keys)]]
    if found.empty:
        near = areas.near(view.log.areas, typed, 5, every)
        found = view.log.areas.loc[[code for code, _, _ in near]]
    words = text("sheet.unknown", lang, typed=typed[:100])
    if len(found):
        words += " " + text("sheet.unknown_near", lang)
    return _not_found(request, view, words, found, typed)


def _not_found(request: Request, view: View, words: str, rows: pd.DataFrame, typed: str):
    heading = text("sheet.not_found", view.lang)
    places = _places(view, rows)
    return _page(request, view, heading, words, places, status=404, typed=typed)


def _places(view: View, rows: pd.DataFrame) -> list[dict]:
    signed, _ = session.places(view.snapshot, view.log.pact.id)
    names = own(view)
    return [
        {
            "words": f"{row.name} ({row.department_code})" if row.department_code else row.name,
            "address": address(code, names),
            "note": "" if code in signed.index else text("sheet.nobody", view.lang),
        }
        for code, row in zip(rows.index, rows.itertuples(index=False), strict=True)
    ]


def _page(
    request: Request, view: View, heading: str, words: str, places: list[dict], *,
    status: int = 200, typed: str = "", canonical: bool = False,
) -> Response:  # fmt: skip
    notices = [text("frame.fictional", view.lang)] if view.pact.fictional else []
    return page(
        request, "choice.html", view.lang, status=status, heading=heading, words=words,
        notices=notices + sheet_words.unknown(view), places=places, pact=view.pact, typed=typed,
        kept=list(own(view).items()),
        canonical=site(request) + with_query("/ville", own(view)) if canonical else "",
    )  # fmt: skip
