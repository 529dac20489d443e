"""A city in one address: its sheet as plain HTML, its picture, its frame for other sites."""

from collections.abc import Mapping
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from monitor import charts
from monitor.export.forms import READERS, form_words
from monitor.export.licences import licence_in_words
from monitor.i18n import LANGUAGES, text
from monitor.models import FEW
from monitor.read import city as cities
from monitor.read import files
from monitor.read.city_texts import RECENT, city_texts
from monitor.read.commitment_text import LONG, has_criteria
from monitor.read.query import earlier_day
from monitor.read.selection import View
from monitor.snapshot import log_today
from monitor.web import city_choice, sheet_people, sheet_sharing, sheet_words
from monitor.web.html import (
    address_names,
    answer_with_page,
    content_policy,
    not_modified,
    page_tag,
    render_page,
    site_address,
    view_of_request,
    with_query,
)

#: Pixels: a frame of another site is no taller, whatever it holds; it scrolls.
TALLEST = 1_200


def sheet_of(request: Request) -> Response:
    """The sheet of a commune by its code; by its name, a redirect or a choice. `cadre=1`: for a frame
    of another site. `depuis`: what changed since that day."""
    typed = request.path_params["code"].strip()
    if not typed:
        return city_choice.all_cities(request)
    view = view_of_request(request, commune=typed)
    if "commune" not in view.filters:
        return city_choice.city_not_found(request, view, typed)
    if same := not_modified(request, view):
        return same
    view = sheet_words.city_view(view, typed)
    framed = request.query_params.get("cadre") == "1"
    place = cities.narrow_city(view, cities.city(view.day_state, typed))
    values = _values(request, view, place)
    if framed:
        rules = content_policy(framed=True)
        return render_page(request, "embed.html", view.lang, rules=rules, view=view, **values)
    return render_page(
        request, "sheet.html", view.lang, view=view, names=address_names(view), **values
    )


sheet = answer_with_page(sheet_of)


@answer_with_page
def picture(request: Request) -> Response:
    """The state of a city as a picture of 1200 × 630 pixels: PNG, or SVG."""
    code, form = request.path_params["code"], request.url.path[-3:]
    view, whole = view_of_request(request, commune=code), f"{code}.{form}"
    if (
        whole in view.log.areas.index
        and "commune" in view_of_request(request, commune=whole).filters
    ):
        request.path_params["code"] = whole  # a place whose code ends like a picture
        return sheet_of(request)
    if "commune" not in view.filters:
        return city_choice.city_not_found(request, view, code, f".{form}")
    if same := not_modified(request, view):
        return same
    view = sheet_words.city_view(view, code)
    place = cities.narrow_city(view, cities.city(view.day_state, code))
    drawn = sheet_sharing.sheet_card(view, place)
    kind = {"png": "image/png", "svg": "image/svg+xml"}[form]
    body = charts.to_png(drawn) if form == "png" else drawn
    return Response(
        body,
        media_type=kind,
        headers={
            "cache-control": "no-cache",
            "etag": page_tag(request, view),
        },
    )


def _values(request: Request, view: View, place: cities.City) -> dict:
    base, path = site_address(request), f"/ville/{quote(place.code, safe='')}"
    query, lang = request.query_params, view.lang
    unpinned = address_names(view)
    kept = {name: view.filters.get(name) for name in sheet_words.MEASURES}
    own = address_names(view, **kept)
    since = earlier_day(query.get("depuis"), view)
    texts = city_texts(view, place)
    moments = address_names(view, **kept, **_days(query))
    pinned = address_names(
        view, **kept, au=view.day.isoformat(), connu=sheet_sharing.last_known_at(view)
    )
    address = base + with_query(path, pinned)
    canonical = base + with_query(path, own)

    def of_measure(measure: str | None) -> str:
        return with_query(path, address_names(view, **_days(query), mesure=measure))

    return {
        "pact": view.pact,
        "city": place,
        "others": [
            (
                f"{pact.title} · {pact.election}",
                with_query(path, address_names(view, pacte=pact.id)),
            )
            for pact, _, _ in cities.other_pacts(view, [place.code])
        ],
        "day": view.day,
        "today": log_today().isoformat(),
        "since": since,
        "changed": sheet_words.changes_since(view, since) if since else ("", []),
        "here": path,
        "kept": list(address_names(view, **kept, connu=query.get("connu")).items()),
        "notices": sheet_words.first_notices(
            view, query.get("ancien"), place, query.get("depuis"), since
        ),
        "summary": sheet_words.place_summary(view, place),
        "progress": sheet_words.sheet_progress(view, place),
        "compared": sheet_words.comparison_in_words(view, place),
        "people": sheet_people.people_of_sheet(view, place, texts, of_measure),
        "measures": sheet_people.measures_of_sheet(view, place, of_measure),
        "without_criteria": bool(place.commitments) and not has_criteria(view),
        "narrowed": sheet_words.filters_of_sheet(view),
        "whole": of_measure(None),
        "entry_address": lambda seq: with_query("/actions", unpinned | {"entree": str(seq)}),
        "recent": RECENT,
        "long": LONG,
        "few": FEW,
        "canonical": canonical,
        "alternates": [
            *((name, base + with_query(path, own | {"lang": name})) for name in LANGUAGES),
            ("x-default", base + with_query(path, {k: v for k, v in own.items() if k != "lang"})),
        ],
        "robots": "noindex"
        if view.pact.fictional or set(moments) & {"au", "connu"} or since
        else "",
        "picture": base + with_query(f"{path}.png", moments),
        "feed": base + files.feed_address(view),
        "files": [
            (
                text(f"sheet.file_{name}", lang, form=form_words(form, lang)),
                files.table_address(view, name, form),
            )
            for name in ("commitments", "actions")
            for form in READERS
        ],
        "in_app": with_query("/communes", moments | {"commune": place.code}),
        "beside": [
            (
                view.text(f"comparison.{words}"),
                with_query("/comparer", moments | {"villes": place.code}),
            )
            for words in cities.ways_to_compare(view, place)
        ],
        "method": with_query("/methode", address_names(view)),
        "embed": _embed(canonical, own, place, view),
        "contact": sheet_words.contact_link(),
        "citation": sheet_sharing.sheet_citation(view, place.title, address),
        "licence": licence_in_words(view.pact.licence, lang),
        **sheet_sharing.closing_words(view),
        "head_short": view.snapshot.head[: view.snapshot.head.index(":") + 9],
        "linked": sheet_sharing.linked_data(view, place, texts, canonical, address),
    }


def _embed(canonical: str, names: dict, place: cities.City, view: View) -> str:
    frame = canonical + ("&" if names else "?") + "cadre=1"
    title = text("sheet.heading", view.lang, city=place.title, pact=view.pact.title)
    bound = {one.row.signatory_id for one in place.bound}
    others = sum(one.row.signatory_id not in bound for one in place.people)
    height = min(350 + 84 * len(place.bound) + 150 * others, TALLEST)
    return sheet_sharing.frame_code(frame, title, height, 400)


def _days(query: Mapping[str, str]) -> dict[str, str | None]:
    """The day, and the time of knowledge, that the address asks for."""
    return {name: query.get(name) for name in ("au", "connu")}


ROUTES = [
    Route("/ville", city_choice.index),
    Route("/ville/{code:path}.png", picture),
    Route("/ville/{code:path}.svg", picture),
    Route("/ville/{code:path}", sheet),
]
