"""Whose commitment: the search by city or by name, and the one that was chosen."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from monitor.areas import former_names, search_key, search_words, sort_key
from monitor.i18n import number
from monitor.read import careers
from monitor.read.cache import per_filter
from monitor.read.limits import SEARCHED
from monitor.read.selection import View
from monitor.table_rows import PersonRow, read_rows
from monitor.ui import buttons, screen
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.sentences import place_in_words
from monitor.ui.team import draft

#: The part of the page that is brought into view once somebody is chosen, or is to be chosen anew.
_WHO = "qui"
#: Signatories offered at once.
FOUND = 12
#: A department or an INSEE code, or how one begins.
_CODE = re.compile(r"[0-9]{1,5}|2[ab][0-9]{0,3}")


def search_signatory(view: View, held: dict) -> None:
    """Three letters of a city or of a name; a department or an INSEE code tells namesakes apart."""
    with screen.answer_here(_WHO):
        st.header(t("write.where"))
    typed = st.text_input(
        t("write.search"),
        key="_write_search",
        live="300ms",
        type="search",
        placeholder=t("write.search_hint"),
    )
    people = view.everybody
    if typed:
        rows = matching_people(view, typed)
        people = people.iloc[rows[:FOUND]]
        if not len(rows):
            st.info(t("write.nobody"))
        elif len(rows) > FOUND:
            st.caption(t("write.found", shown=FOUND, count=number(len(rows), view.lang)))
    elif len(people) > FOUND:
        return  # the field says what to type
    for one in read_rows(PersonRow, people):
        buttons.button(
            _in_words(view, one),
            key=f"_write_at_{one.signatory_id}",
            width="stretch",
            on_click=_choose,
            args=(held, one.signatory_id),
        )


@dataclass(frozen=True)
class _Index:
    """Every signatory as they are searched, in the rows of `View.everybody`. `order`: by commune,
    department and name."""

    communes: list[str]
    keys: list[str]
    wide: list[str]
    codes: list[str]
    elected: np.ndarray
    order: np.ndarray


@per_filter
def _index(view: View) -> _Index:
    people = view.everybody
    communes, departments, names = (
        _searched(people[name]) for name in ("commune_name", "department", "name")
    )
    codes = people["commune"].astype("str").str.lower().to_list()
    keys = [f"{commune} {name}" for commune, name in zip(communes, names, strict=True)]
    order = np.empty(len(keys), dtype=np.int64)
    cities = people["commune_name"].astype("category").cat
    places = [*map(sort_key, cities.categories), ("", "")]
    ordered = [places[code] for code in cities.codes]
    by_place = sorted(
        range(len(keys)), key=list(zip(ordered, codes, names, strict=True)).__getitem__
    )
    order[by_place] = np.arange(len(keys))
    before = {code: " ".join(map(search_key, names)) for code, names in former_names().items()}
    keys = [f"{key} {before.get(code.upper(), '')}" for key, code in zip(keys, codes, strict=True)]
    wide = [f"{key} {place}" for key, place in zip(keys, departments, strict=True)]
    return _Index(communes, keys, wide, codes, people["elected"].to_numpy(), order)


def _searched(column: pd.Series) -> list[str]:
    """The search key of each name of a column, in which names come many times."""
    names = column.astype("category").cat
    keys = np.array([*map(search_key, names.categories), ""], dtype=object)  # -1: no name
    return keys[names.codes.to_numpy()].tolist()


def matching_people(view: View, typed: str) -> np.ndarray:
    """The rows of `View.everybody` that hold every typed word, of which at least one is of the city or
    of the name, and whose code begins with the typed numbers. Best first: the very city, cities that
    begin so, names that do; among them who was elected, then by city."""
    index = _index(view.without_filters)
    words = search_words(typed[:SEARCHED])
    codes = [word.zfill(2) for word in words if _CODE.fullmatch(word)]
    words = [word for word in words if not _CODE.fullmatch(word)]
    rows = range(len(index.keys))
    for word in words:
        rows = [n for n in rows if word in index.wide[n]]
    for code in codes:
        rows = [n for n in rows if index.codes[n].startswith(code)]
    if words:
        rows = [n for n in rows if any(word in index.keys[n] for word in words)]
    phrase = " ".join(words)
    ranks = np.array([_rank(index, n, phrase) for n in rows], dtype=np.int64)
    rows = np.array(rows, dtype=np.int64)
    return rows[np.lexsort([index.order[rows], ~index.elected[rows], ranks])]


def _rank(index: _Index, row: int, phrase: str) -> int:
    commune = index.communes[row]
    if commune == phrase:
        return 0
    if commune.startswith(phrase):
        return 1
    return 2 if f" {phrase}" in index.keys[row] else 3


def _in_words(view: View, who: PersonRow) -> str:
    """Where somebody signed, their name, and how they came to office if there is one."""
    return " — ".join(filter(None, [place_in_words(who), md(careers.career_in_words(view, who))]))


def _choose(held: dict, signatory_id: str) -> None:
    screen.look_at(_WHO)
    draft.set_fields(held, {"signatory_id": signatory_id, "seen_rev": None})


def _change(held: dict) -> None:
    """From a callback: somebody else is looked for. What was begun is of the person who was chosen: it
    is set aside, and offered."""
    screen.look_at(_WHO)
    if draft.is_begun(held):
        draft.replace_draft(held, {})
    else:
        _choose(held, "")


def show_chosen_signatory(view: View, held: dict, who: PersonRow) -> None:
    """Whom the entry is about, with the button to choose somebody else."""
    with screen.answer_here(_WHO):
        left, right = st.columns([3, 1], vertical_alignment="center")
    left.markdown(_in_words(view, who))
    if not held["supersedes"]:
        buttons.button(
            t("write.change"),
            at=right,
            key="_write_change",
            on_click=_change,
            args=(held,),
            type="tertiary",
        )
