"""Find a city, or a signatory in a pact that is not about communes."""

from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from monitor import areas
from monitor.i18n import Choice, number, plural
from monitor.models import SignatoryKind
from monitor.read import careers
from monitor.read.answers import any_answers
from monitor.read.cache import per_state
from monitor.read.day_state import DayState
from monitor.read.pact_state import PactState
from monitor.read.places import signed_area_keys, signed_areas
from monitor.read.selection import View, rows_matching
from monitor.table_rows import PersonRow, read_rows
from monitor.ui import sentences
from monitor.ui.address import write_address
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.paging import page_of, search_box
from monitor.ui.team.find_signatory import matching_people

#: As many cities are listed without a search.
UNSEARCHED = 30
#: And as many of those that a search finds.
LISTED = 20
#: As many signatories stand on a page.
PEOPLE = 30
_ICONS: dict[str | None, str] = {
    SignatoryKind.LIST: ":material/list_alt:",
    SignatoryKind.PARTY: ":material/groups:",
    SignatoryKind.BODY: ":material/account_balance:",
}


def find_city(view: View) -> None:
    """A search over the communes where somebody signed; three letters are enough."""
    signed, keys = signed_areas(view.state.now), signed_area_keys(view.state.now)
    words = view.state.wording
    people = view.everybody
    if view.known_at:
        then = signed.index.isin(people["commune"].unique())
        signed, keys = signed[then], keys[then]
    count = _count_cities(view.day_state)
    nobody = signed.empty or not count
    if nobody:
        st.info(sentences.nobody_in_words(view))
    if signed.empty:
        return
    if _any_district(view.state.now):
        words = words | {"areas": Choice(True)}
    if not nobody and len(signed) > 1:
        st.markdown(plural("city.count", count, view.lang, **{**view.state.wording, **words}))
    hint = "city.search_hint" if view.in_departments else "city.search_hint_abroad"
    typed = search_box(t("city.search"), t(hint))
    if not typed and len(signed) > UNSEARCHED:
        names = {"pacte": view.pact.id, "lang": view.lang}
        st.markdown(f"[{t('city.all')}](/ville?{urlencode(names)})")
        return
    every = (
        areas.search_areas(signed, typed, len(signed), keys) if typed else areas.sort_areas(signed)
    )
    if every.empty:
        st.info(_nothing(view, typed))
        return
    found = every.head(LISTED) if typed else every
    if len(every) > len(found):
        numbers = (number(count, view.lang) for count in (len(found), len(every)))
        st.caption(t("city.first", **dict(zip(("n", "count"), numbers, strict=True))))
    for code, place in found.iterrows():
        here = read_rows(PersonRow, people, rows_matching(people, {"commune": str(code)}))
        label = t(
            "city.result",
            place=_place(place, typed),
            signatories=view.plural("count.signatories", sum(one.signed for one in here)),
            elected=careers.results_in_words(view, here),
        )
        st.button(
            label,
            key=f"_city_{code}",
            type="tertiary",
            icon=":material/location_city:",
            on_click=write_address,
            kwargs={"commune": str(code), "q": None},
        )


@per_state
def _count_cities(state: DayState) -> int:
    """In how many areas somebody has signed."""
    people = state.people
    return people.loc[people["signed"].to_numpy(), "commune"].nunique()


@per_state
def _any_district(state: PactState) -> bool:
    """Whether not all areas where somebody signed are communes."""
    return bool(signed_areas(state).index.isin(areas.city_of_district().keys()).any())


def find_signatory(view: View) -> None:
    """A search over the signatories, by their name or that of their place."""
    people = view.everybody
    if people.empty:
        st.info(t("sentence.nobody"))
        return
    key = "answers.people" if any_answers(view) else "count.signatories"
    st.markdown(f"{view.plural(key, len(people))}.")
    searched = len(people) > 1 or "q" in st.query_params
    typed = search_box(t("city.search"), t("city.search_hint")) if searched else ""
    found = people.iloc[matching_people(view, typed)] if typed else _by_name(view.day_state)
    if found.empty:
        st.info(t("city.nowhere"))
        return
    for row in read_rows(PersonRow, found, page_of(len(found), PEOPLE)):
        st.button(
            t("city.signatory", name=md(row.name), place=md(row.commune_name)),
            key=f"_signatory_{row.signatory_id}",
            type="tertiary",
            icon=_ICONS.get(row.kind, ":material/person:"),
            on_click=write_address,
            kwargs={
                "commune": str(row.commune),
                "signataire": row.signatory_id,
                "q": None,
                "page": None,
            },
        )


@per_state
def _by_name(state: DayState) -> pd.DataFrame:
    return state.people.sort_values("name", key=lambda names: names.map(areas.search_key))


def _nothing(view: View, typed: str) -> str:
    """No city of the pact: say whether the commune exists, and what may have been meant."""
    elsewhere = areas.search_areas(view.log.areas, typed, 1)
    if len(elsewhere):
        return t("city.not_signed", name=md(elsewhere.iloc[0]["name"]))
    near = areas.nearest_areas(view.log.areas, typed)
    if not near:
        return t("city.nowhere")
    names = t("sentence.semicolon").join(
        areas.with_department(name, department) for _, name, department in near
    )
    return t("city.unknown", near=md(names))


def _place(place: pd.Series, typed: str) -> str:
    """« Montignac-Lascaux (24), autrefois Montignac » in markdown: an area of `Log.areas`, with the name
    that it had before if that is what was typed."""
    code = place["department_code"]
    label = areas.with_department(md(place["name"]), "" if pd.isna(code) else md(code))
    known = typed and areas.is_commune(str(place.name), place["name"])
    former = areas.former_name(str(place.name), typed) if known else None
    if not former or areas.search_key(typed) == areas.search_key(place["name"]):
        return label
    return f"{label}, {t('city.formerly', name=md(former))}"
