"""Find a city; then who signed there, their time in office, and each measure with its evidence."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from monitor import areas
from monitor.charts import SIGNS
from monitor.i18n import day, number, partial_day, plural
from monitor.models import Outcome, Status
from monitor.ui import answers, entries, figures, outage
from monitor.ui.address import write
from monitor.ui.paging import search_box
from monitor.ui.view import page_at, t
from monitor.ui.words import md
from monitor.views import drawn, reading, session
from monitor.views.kept import per_filter, per_view
from monitor.views.view import View, matching

#: Entries of a commitment that are shown at once; the older ones unfold.
RECENT = 5
#: As many cities are listed without a search.
FEW = 30


def find(view: View) -> None:
    """A search over the communes where somebody signed; three letters are enough."""
    signed, keys = session.places(view.snapshot, view.log.pact.id)
    st.markdown(plural("city.count", len(signed), view.lang))
    typed = search_box(t("city.search"), t("city.search_hint"))
    if not typed and len(signed) > FEW:
        return
    found = areas.search(signed, typed, 20, keys) if typed else signed.sort_values("name")
    if found.empty:
        st.info(_nothing(view, typed))
        return
    people = view.everybody
    for code, place in found.iterrows():
        here = people[people["commune"] == code]
        label = t(
            "city.result",
            name=md(place["name"]),
            department=md(_given(place["department_code"])),
            signatories=plural("count.signatories", len(here), view.lang),
            elected=plural("count.elected", int(here["elected"].sum()), view.lang),
        )
        st.button(
            label, key=f"_city_{code}", type="tertiary", icon=":material/location_city:",
            on_click=write, kwargs={"commune": str(code), "q": None},
        )  # fmt: skip


def show(view: View, code: str) -> None:
    """One city."""
    title, people = _here(view, code)
    st.button(t("city.back"), type="tertiary", icon=":material/arrow_back:", on_click=write,
              kwargs={"commune": None})  # fmt: skip
    st.title(md(title))
    st.markdown(_summary(view, people))
    own, said = _own(view, code), None
    with outage.texts():
        said = _said(view, code)
    for person in people:
        _person(view, person, own.get(person.signatory_id, []), said)
    st.page_link(page_at("donnees"), label=t("city.data"),
                 icon=":material/download:", query_params=view.address(commune=code))  # fmt: skip


@per_view
def _here(view: View, code: str) -> tuple[str, list]:
    """(the city with its department, who signed there: the elected first)."""
    people = view.everybody.take(matching(view.everybody, {"commune": code}))
    name, department = code, ""
    if code in view.log.areas.index:
        place = view.log.areas.loc[code]
        name, department = place["name"], _given(place["department"])
    title = f"{name} ({department})" if department not in ("", name) else name
    return title, list(people.sort_values("elected", ascending=False).itertuples())


@dataclass(frozen=True)
class _Commitment:
    """`row`: as in `status.fold`; `seqs`: the entries about it, newest first."""

    row: tuple
    seqs: list[int]


@per_filter
def _own(view: View, code: str) -> dict[str, list[_Commitment]]:
    """The commitments of each signatory of a city."""
    rows = matching(view.everything, {"commune": code})
    found: dict[str, list[_Commitment]] = {}
    for row in view.everything.take(rows).itertuples():
        seqs = reading.seqs_about(view, np.array([row.Index])).tolist()
        found.setdefault(row.signatory_id, []).append(_Commitment(row, seqs))
    return found


@dataclass(frozen=True)
class _Said:
    """The texts of a city's page. `entries`: of those shown at once; `replies`: the last one about a
    commitment; `requests`: by signatory and measure."""

    entries: dict[int, entries.Said]
    replies: dict[int, str]
    requests: dict[str, dict[str, list[str]]]


@per_view
def _said(view: View, code: str) -> _Said:
    """All of them, read at once."""
    own = _own(view, code)
    every = [commitment for some in own.values() for commitment in some]
    seqs = [seq for one in every for seq in (*one.seqs[:RECENT], one.row.said_by) if seq]
    return _Said(
        entries.texts(view, tuple(dict.fromkeys(seqs))),
        answers.about(view, np.array([one.row.Index for one in every], dtype=np.int64)),
        {person: answers.requested(view, person) for person in own},
    )


def _nothing(view: View, typed: str) -> str:
    """No city of the pact: say whether the commune exists, and what may have been meant."""
    elsewhere = areas.search(view.log.areas, typed, 1)
    if len(elsewhere):
        return t("city.not_signed", name=md(elsewhere.iloc[0]["name"]))
    near = areas.near(view.log.areas, typed)
    if not near:
        return t("city.nowhere")
    names = " ; ".join(f"{name} ({department})" for _, name, department in near)
    return t("city.unknown", near=md(names))


def _given(value) -> str:
    return "" if pd.isna(value) else str(value)


def _summary(view: View, people: list) -> str:
    return t(
        "city.summary",
        signatories=plural("count.signatories", len(people), view.lang),
        elected=plural("count.elected", sum(person.elected for person in people), view.lang),
        day=day(view.day, view.lang),
    )


def _person(view: View, person, own: list[_Commitment], said: _Said | None) -> None:
    st.header(md(person.name), divider="gray")
    facts = [t(f"outcome.{person.outcome}")]
    if not pd.isna(person.signed_on):
        facts.append(t("city.signed_on", day=partial_day(person.signed_on, view.lang)))
    if not pd.isna(person.list):
        facts.append(md(person.list))
    if not pd.isna(person.source_url):
        facts.append(entries.link(t("city.signature"), person.source_url))
    st.markdown(" · ".join(facts))
    if person.outcome == Outcome.ELECTED:
        _mandates(view, person)
        for commitment in own:
            _commitment(view, commitment, said)
        return
    st.markdown(t("city.not_bound"))
    seqs = [seq for commitment in own for seq in commitment.seqs]
    if seqs:
        _older(view, plural("city.entries", len(seqs), view.lang), seqs)


def _mandates(view: View, person) -> None:
    terms = drawn.terms(view, person.signatory_id)
    if terms.empty:
        start, end = (day(each, view.lang) for each in (view.pact.term_start, view.pact.term_end))
        st.caption(t("city.no_mandate", start=start, end=end))
        return
    lines = drawn.in_words(view, terms)
    st.markdown(t("city.mandates", mandates=" ; ".join(lines)))
    figures.show("mandats", view, alt="; ".join(lines), own=person.signatory_id)


def _commitment(view: View, commitment: _Commitment, said: _Said | None) -> None:
    """One measure: its exact wording, where it stands, what the official answers, and why."""
    row, seqs = commitment.row, commitment.seqs
    measure = view.measure(row.measure)
    st.subheader(f"{md(measure.id)}. {md(view.titles[measure.id])}")
    criterion = measure.criterion_fr if view.lang == "fr" else measure.criterion_en
    words = [
        f"> {t('city.wording', wording=md(measure.wording))}",
        f":gray[:small[{t('city.criterion', criterion=md(criterion))}]]",
        _state(view, row),
    ]
    if said is None:
        st.markdown("\n\n".join(words))
        return
    words += said.requests[row.signatory_id].get(row.measure, [])
    shown = [entries.Said(False, paragraph) for paragraph in words]
    if row.Index in said.replies:
        shown.append(entries.Said(True, said.replies[row.Index]))
    if row.said_by and len(seqs) > 1:
        shown += [entries.Said(False, t("city.said_by")), said.entries[row.said_by]]
        shown.append(entries.Said(False, t("city.timeline")))
    entries.show([*shown, *(said.entries[seq] for seq in seqs[:RECENT])])
    if not seqs:
        st.info(t("city.no_entry"))
    if len(seqs) > RECENT:
        _older(view, plural("city.older", len(seqs) - RECENT, view.lang), seqs[RECENT:])


@outage.texts()
def _older(view: View, label: str, seqs: list[int]) -> None:
    """Entries that are read and sent once somebody unfolds them."""
    with figures.unfolded(label, f"_older_{seqs[0]}") as wanted:
        if wanted:
            entries.show(entries.texts(view, tuple(seqs)).values())


def _state(view: View, row) -> str:
    status = Status(row.status)
    parts = [f"**{SIGNS[status]} {t(f'status.{status}')}**"]
    if not pd.isna(row.since):
        parts.append(t("city.since_day", day=day(row.since, view.lang)))
    parts.append(t("city.verdict", verdict=t(f"verdict.{row.verdict}")))
    if not pd.isna(row.lateness):
        parts.append(t(f"lateness.{row.lateness}"))
    parts.append(t("city.due", day=day(row.due_on, view.lang)))
    if not row.binding:
        parts.append(t("city.not_binding"))
    parts.append(number(row.actions, view.lang) + " " + t("city.standing"))
    return " · ".join(parts)
