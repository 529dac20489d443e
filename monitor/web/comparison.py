"""Two places side by side in one address: /comparer?villes=75056,69123, its frame, its files; or two
people of one: /comparer?signataires=…"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pandas as pd
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from monitor import areas, export
from monitor.export.forms import READERS, form_words
from monitor.i18n import join_items, text
from monitor.read import answers, current_log, files
from monitor.read.selection import View
from monitor.read.strict_query import BadQuery
from monitor.snapshot import log_today
from monitor.web import sheet_sharing, sheet_words, side_by_side
from monitor.web.city_choice import city_address
from monitor.web.comparison_choice import (
    PATH,
    PEOPLE,
    PLACES,
    asked_names,
    choose_person,
    choose_place,
    comparison_address,
    find_people,
    find_places,
    kept_names,
    place_name,
)
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
from monitor.web.side_by_side import Pick

#: Pixels of a frame of another site.
HEIGHT, WIDTH = 900, 800
#: The tables of its files, by what they are called in an address.
TABLES = {"engagements": "commitments", "reponses": "answers"}


@answer_with_page
def comparison(request: Request) -> Response:
    """Two places, or two people; with less than two that can be meant, a choice. `nom`: a search for the
    other place; `cadre=1`: for a frame of another site."""
    view, query = view_of_request(request), request.query_params
    people = find_people(view, query.get(PEOPLE, "")[:500])
    if len(people) == 1:
        return choose_person(request, view, people[0])
    if people:
        return _show(request, view, people, len(people))
    asked = [one.strip() for one in query.get(PLACES, "").split(",") if one.strip()]
    found = {one: find_places(view, one[:100]) for one in asked}
    codes = list(dict.fromkeys(one[0] for one in found.values() if len(one) == 1))
    if (typed := query.get("nom", "").strip()[:100]) and len(codes) < 2:
        named = [one for one in find_places(view, typed) if one not in codes]
        if codes and len(named) == 1:
            both = [Pick(code) for code in (*codes, *named)]
            other = comparison_address(view, both, kept_names(view, request))
            return RedirectResponse(other, status_code=303)
        return choose_place(request, view, codes, named, typed, [] if named else [typed])
    if len(codes) < 2:
        near = [code for one in found.values() if len(one) > 1 for code in one]
        unknown = [one for one, own in found.items() if not own]
        unknown += [one for one in query.get(PEOPLE, "").split(",") if one.strip()]
        return choose_place(request, view, codes, near, "", unknown)
    return _show(request, view, [Pick(code) for code in codes], len(asked))


def _show(request: Request, view: View, found: list[Pick], asked: int) -> Response:
    """The first two of these, in the order of their names."""
    if same := not_modified(request, view):
        return same
    both = sorted(found[:2], key=lambda one: (_sort_key(view, one), one))
    framed = request.query_params.get("cadre") == "1"
    rules = content_policy(framed=True) if framed else None
    notices = [*sheet_words.page_notices(view)]
    if asked > 2:
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
        **_values(request, view, both, kept_names(view, request)),
    )


def _sort_key(view: View, asked: Pick) -> tuple[str, str]:
    if not asked.signatory:
        return areas.sort_key(place_name(view, asked.code))
    ids, _ = view.state.rows_by_signatory
    name = str(view.everybody["name"].iloc[ids.get_loc(asked.signatory)])
    return areas.search_key(name), place_name(view, asked.code)


def _values(request: Request, view: View, both: list[Pick], kept: dict[str, str | None]) -> dict:
    base, lang = site_address(request), view.lang
    shown = side_by_side.compare_sides(view, both)
    names = [place.name for place in shown.places]
    titles = join_items([place.title for place in shown.places], lang)
    pinned = kept | {"au": view.day.isoformat(), "connu": sheet_sharing.last_known_at(view)}
    measures = {name: view.filters.get(name) for name in sheet_words.MEASURES}
    # What is said before the vote is another thing than what is said of today.
    early = {"au": view.day.isoformat()} if shown.is_early and kept["au"] else {}
    canonical = base + comparison_address(view, both, measures | early)
    narrowed = view.without(*(name for name in view.filters if name not in sheet_words.MEASURES))

    def sheet(code: str, measure: str | None = None) -> str:
        own = kept | ({"mesure": measure, "theme": None} if measure else {})
        return city_address(code, address_names(view, **own))

    return {
        "pact": view.pact,
        "heading": text("comparison.title", lang, first=names[0], second=names[1]),
        "lead": text("comparison.lead_early" if shown.is_early else "comparison.lead", lang),
        "caption": view.text("comparison.two_people" if both[0].signatory else "comparison.people"),
        "shown": shown,
        "counts": side_by_side.count_measures(view, shown),
        "day": view.day,
        "today": log_today().isoformat(),
        "here": PATH,
        "kept": [
            *asked_names(both).items(),
            *address_names(view, **measures, connu=kept["connu"]).items(),
        ],
        "narrowed": sheet_words.filters_of_sheet(narrowed),
        "whole": comparison_address(view, both, kept | dict.fromkeys(sheet_words.MEASURES)),
        "sheet": sheet,
        "others": [
            (
                view.text("comparison.other", name=one.name),
                comparison_address(view, [two], kept),
            )
            for one, two in zip(shown.places, reversed(both), strict=True)
        ],
        "entry_address": lambda seq: with_query(
            "/actions", address_names(view) | {"entree": str(seq)}
        ),
        "canonical": canonical,
        "files": [
            (
                view.text(f"comparison.files_{table}{'_two_people' if both[0].signatory else ''}"),
                [
                    (
                        form_words(form, lang),
                        comparison_address(view, both, kept, f"{table}.{form}"),
                    )
                    for form in READERS
                ],
            )
            for table in TABLES
            if table != "reponses" or answers.any_answers(view)
        ],
        "embed": sheet_sharing.frame_code(
            f"{canonical}&cadre=1", f"{titles} · {view.pact.title}", HEIGHT, WIDTH
        ),
        "citation": sheet_sharing.sheet_citation(
            view, titles, base + comparison_address(view, both, pinned)
        ),
        "method": with_query("/methode", address_names(view)),
        **sheet_sharing.closing_words(view),
    }


def prepare_file(stem: str, form: str, request: Request) -> Answer:
    """The commitments, or the answers, of both, as the API gives those of one place."""
    view = requested_view(request, {PLACES: None, PEOPLE: None})
    for name, value in view.filters.items():
        if name not in sheet_words.MEASURES:
            known = ", ".join((PLACES, PEOPLE, *sheet_words.MEASURES))
            raise BadQuery("query_unknown_name", name, value, known=known)
    both = _asked_exactly(request, view)
    encoded, table = export.FORMS[form], TABLES[stem]
    described = files.view_description(replace(view, filters={**asked_names(both), **view.filters}))
    caption = replace(files.table_caption(view, table), view=described)
    parts = "-".join(one.signatory or one.code for one in both)
    name = f"{view.log.pact.id}-{parts}-{view.day.isoformat()}.{form}"
    current_log.KEEPER.note_export()
    return Answer(
        etag=etag(
            view, f"comparison.{stem}.{form}", *(f"{one.code}/{one.signatory}" for one in both)
        ),
        media_type=encoded.media_type,
        lang=view.lang,
        pieces=lambda: encoded.encode(
            (part for one in both for part in _parts(view, table, one)), caption
        ),
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def _asked_exactly(request: Request, view: View) -> list[Pick]:
    """The two that a file is asked for. Raises BadQuery (`query_two_places`)."""
    people, places = (request.query_params.get(name, "") for name in (PEOPLE, PLACES))
    found = [find_places(view, one) for one in places.split(",")] if places else []
    codes = list(dict.fromkeys(one[0] for one in found if len(one) == 1))
    both = [Pick(code) for code in codes]
    if people:
        found, both = people.split(","), find_people(view, people)
    if len(both) != 2 or len(found) != 2:
        raise BadQuery("query_two_places", PEOPLE if people else PLACES, people or places)
    return both


def _parts(view: View, table: str, asked: Pick) -> Iterator[pd.DataFrame]:
    """The rows of a place, or of one person there."""
    for part in files.table_parts(sheet_words.city_view(view, asked.code), table):
        yield part[part["signatory_id"] == asked.signatory] if asked.signatory else part


ROUTES = [
    Route(PATH, comparison),
    *(
        Route(f"{PATH}/{stem}.{form}", Public(partial(prepare_file, stem, form)))
        for stem in TABLES
        for form in export.FORMS
    ),
]
