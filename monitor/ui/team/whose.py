"""Whose commitment: the search by city or by name, and the one that was chosen."""

import streamlit as st

from monitor.areas import search_key
from monitor.ui import press
from monitor.ui.sentences import place
from monitor.ui.team import draft
from monitor.ui.view import t
from monitor.views.kept import per_view
from monitor.views.view import View

#: Signatories offered at once.
FOUND = 12


def search(view: View, held: dict) -> None:
    """Three letters of a city or of a name."""
    st.header(t("write.where"))
    typed = st.text_input(t("write.search"), key="_write_search", live="300ms", type="search",
                          placeholder=t("city.search_hint"))  # fmt: skip
    people = view.everybody
    if typed:
        phrase, keys = search_key(typed), _people_keys(view)
        words = phrase.split()
        rows = [n for n, known in enumerate(keys) if all(word in known for word in words)]
        # What begins with the very words comes before what merely holds them.
        rows.sort(key=lambda n: (not keys[n].startswith(phrase), phrase not in keys[n], keys[n]))
        people = people.iloc[rows[:FOUND]]
        if not rows:
            st.info(t("write.nobody"))
    elif len(people) > FOUND:
        st.caption(t("write.type"))
        return
    for one in people.itertuples():
        press.button(
            f"{place(one)} — {t(f'outcome.{one.outcome}')}", key=f"_write_at_{one.signatory_id}",
            type="tertiary", on_click=_choose, args=(held, one.signatory_id),
        )  # fmt: skip


@per_view
def _people_keys(view: View) -> list[str]:
    people = view.everybody
    return [
        f"{search_key(commune)} {search_key(name)} {code.casefold()}"
        for commune, name, code in zip(
            people["commune_name"], people["name"], people["commune"], strict=True
        )
    ]


def _choose(held: dict, signatory_id: str) -> None:
    draft.put(held, {"signatory_id": signatory_id, "seen_rev": None})


def chosen(view: View, held: dict, who) -> None:
    left, right = st.columns([3, 1], vertical_alignment="center")
    left.markdown(f"{place(who)} — {t(f'outcome.{who.outcome}')}")
    if not held["supersedes"]:
        press.button(t("write.change"), at=right, key="_write_change", on_click=_choose,
                     args=(held, ""), type="tertiary")  # fmt: skip
