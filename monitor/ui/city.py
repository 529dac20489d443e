"""Find a city; then who signed there, their time in office, and each measure with its evidence."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

import numpy as np
import pandas as pd
import streamlit as st

from monitor import areas
from monitor.charts import SIGNS
from monitor.i18n import day, number, partial_day, plural
from monitor.models import Status
from monitor.read import careers, log_entries, log_state
from monitor.read import city as cities
from monitor.read.memoise import per_view
from monitor.read.query import in_language
from monitor.read.selection import COLUMNS, View
from monitor.ui import entries, figures, frame, outage, reply_lines
from monitor.ui.address import write_address
from monitor.ui.markdown import link, md
from monitor.ui.page_run import page_at, t
from monitor.ui.paging import search_box

#: Entries of a commitment that are shown at once; the older ones unfold.
RECENT = 5
#: As many cities are listed without a search.
FEW = 30
#: And as many of those that a search finds.
LISTED = 20


def find_city(view: View) -> None:
    """A search over the communes where somebody signed; three letters are enough."""
    signed, keys = log_state.places(view.snapshot, view.log.pact.id)
    if signed.empty:
        st.info(t("sentence.nobody"))
        return
    st.markdown(plural("city.count", len(signed), view.lang))
    hint = "city.search_hint" if view.in_departments else "city.search_hint_abroad"
    typed = search_box(t("city.search"), t(hint))
    if not typed and len(signed) > FEW:
        names = in_language(view.lang) | {"pacte": view.pact.id}
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
        said = (number(count, view.lang) for count in (len(found), len(every)))
        st.caption(t("city.first", **dict(zip(("n", "count"), said, strict=True))))
    people = view.everybody
    for code, place in found.iterrows():
        here = people[people["commune"] == code]
        label = t(
            "city.result",
            place=_place(place, typed),
            signatories=plural("count.signatories", int(here["signed"].sum()), view.lang),
            elected=careers.results(here.itertuples(), view.lang),
        )
        st.button(
            label,
            key=f"_city_{code}",
            type="tertiary",
            icon=":material/location_city:",
            on_click=write_address,
            kwargs={"commune": str(code), "q": None},
        )


def show_city(view: View, code: str) -> None:
    """One city."""
    place = cities.city(view, code)
    st.button(
        t("city.back"),
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=write_address,
        kwargs={"commune": None},
    )
    frame.show_heading(view, md(place.title), quotes=True)
    st.markdown(f"{_summary(view, place.people)} {_sheet(view, code)}")
    if others := _other_pacts(view, code):
        st.markdown(others)
    with st.container(key="filtres"):
        frame.show_as_of(view)
    said = None
    with outage.guard_texts():
        said = _said(view, code)
    groups = cities.by_status(view, place)
    for person in place.people:
        _person(view, person, groups.get(person.row.signatory_id, []), said)
    st.page_link(
        page_at("donnees"),
        label=t("city.data"),
        icon=":material/download:",
        query_params=view.address(commune=code),
    )


def _sheet(view: View, code: str) -> str:
    """A link to the same city in an address that needs no script."""
    others = (name for name in COLUMNS if name not in ("fonction", "taille"))
    names = view.address(**dict.fromkeys(others))
    query = f"?{urlencode(names)}" if names else ""
    return f"[{t('city.sheet')}](/ville/{quote(code, safe='')}{query})"


def _other_pacts(view: View, code: str) -> str:
    """Links to the same city in the other pacts that somebody signed there, "" when there is none."""
    links = []
    for pact, _, _ in cities.other_pacts(view, [code]):
        names = in_language(view.lang) | {"pacte": pact.id, "commune": code}
        links.append(f"[{md(f'{pact.title} · {pact.election}')}](/communes?{urlencode(names)})")
    return f"{t('city.other_pacts')}{t('sentence.colon')}{', '.join(links)}" if links else ""


@dataclass(frozen=True)
class _Said:
    """The texts of a city's page. `entries`: of those shown at once; `replies`: the last one about a
    commitment; `requests`: by signatory and measure; `since`: of each status, in words."""

    entries: dict[int, entries.EntryTexts]
    replies: dict[int, str]
    requests: dict[str, dict[str, list[str]]]
    since: dict[int, str | None]


@per_view
def _said(view: View, code: str) -> _Said:
    """All of them, read at once."""
    place = cities.city(view, code)
    every = place.commitments
    seqs = [seq for one in every for seq in (*one.seqs[:RECENT], one.row.said_by) if seq]
    people = dict.fromkeys(one.row.signatory_id for one in every)
    with log_entries.database():
        began = {
            entry.seq: entry for entry in log_entries.read(view, [one.row.said_by for one in every])
        }
        return _Said(
            entries.entry_texts(view, tuple(dict.fromkeys(seqs))),
            reply_lines.replies_in_words(
                view, np.array([one.row.Index for one in every], dtype=np.int64)
            ),
            {person: reply_lines.reply_requests_in_words(view, person) for person in people},
            {
                one.row.Index: cities.since_in_words(view, one.row, began.get(one.row.said_by))
                for one in every
            },
        )


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
    said = areas.with_department(md(place["name"]), "" if pd.isna(code) else md(code))
    former = areas.former_name(str(place.name), typed) if typed else None
    if not former or areas.search_key(typed) == areas.search_key(place["name"]):
        return said
    return f"{said}, {t('city.formerly', name=md(former))}"


def _summary(view: View, people: list[cities.Person]) -> str:
    if not any(one.row.signed for one in people):
        return t("sheet.nobody_yet", day=day(view.day, view.lang))
    return t(
        "city.summary",
        signatories=plural("count.signatories", sum(one.row.signed for one in people), view.lang),
        elected=careers.results([one.row for one in people], view.lang),
        day=day(view.day, view.lang),
    )


def _person(
    view: View, person: cities.Person, groups: list[cities.Group], said: _Said | None
) -> None:
    row, own = person.row, person.commitments
    st.header(md(row.name), divider="gray")
    rows = [one.row for one in own]
    facts = [md(careers.story(view, row))]
    if not pd.isna(row.signed_on):
        facts.append(t("city.signed_on", day=partial_day(row.signed_on, view.lang)))
    if not pd.isna(row.list):
        facts.append(md(row.list))
    if not pd.isna(row.source_url):
        facts.append(link(t("city.signature"), row.source_url))
    st.markdown(" · ".join(facts))
    if careers.presumed(view, row) or not person.terms.empty:
        _mandates(view, person)
    if why := careers.unbound(view, row, rows):
        st.markdown(why)
    if careers.concerned(row, rows):
        for group in groups:
            _group(view, row.signatory_id, group, said)
        for commitment in own if not groups else ():
            _commitment(view, commitment, said)
        return
    seqs = [seq for commitment in own for seq in commitment.seqs]
    if seqs:
        _older(view, plural("city.entries", len(seqs), view.lang), seqs, measured=True)


def _mandates(view: View, person: cities.Person) -> None:
    if person.terms.empty:
        start, end = (day(each, view.lang) for each in (view.pact.term_start, view.pact.term_end))
        st.caption(t("city.no_mandate", start=start, end=end))
        return
    lines = careers.in_words(view, person.terms)
    said = t("sentence.semicolon").join(lines)
    if not careers.told(view, person.row):
        st.markdown(t("city.mandates", mandates=said))
    figures.show_chart("mandats", view, alt=said, own=person.row.signatory_id)


def _group(view: View, who: str, group: cities.Group, said: _Said | None) -> None:
    """The measures of one status, under a line that unfolds them; each unfolds unless they are few."""
    words = f"{SIGNS[group.status]} {t(f'status.{group.status}')}"
    label = f"**{words}** ({number(len(group.commitments), view.lang)})"
    if group.apart:
        label += f" · {group.apart}"
    key = f"{who}_{group.status}_{group.apart}"
    with figures.fold_part(label, f"_statut_{key}", opened=group.open) as wanted:
        for one in group.commitments if wanted else ():
            if group.open:
                _commitment(view, one, said)
                continue
            with figures.fold_part(
                _titled(view, one), f"_mesure_{who}_{one.row.measure}"
            ) as opened:
                if opened:
                    _told(view, one, said)


def _commitment(view: View, commitment: cities.Commitment, said: _Said | None) -> None:
    """One measure under its title."""
    st.subheader(_titled(view, commitment))
    _told(view, commitment, said)


def _titled(view: View, commitment: cities.Commitment) -> str:
    measure = commitment.row.measure
    return f"{md(measure)}. {md(view.titles[measure])}"


def _told(view: View, commitment: cities.Commitment, said: _Said | None) -> None:
    """A measure's exact wording, where it stands, what the official answers, and why."""
    row, seqs = commitment.row, commitment.seqs
    measure = view.measure(row.measure)
    criterion = measure.criterion_fr if view.lang == "fr" else measure.criterion_en
    words = [
        f"> {t('city.wording', wording=md(measure.wording))}",
        f":gray[:small[{t('city.criterion', criterion=md(criterion))}]]",
        _state(view, row, said.since.get(row.Index) if said else _day_since(view, row)),
    ]
    if said is None:
        st.markdown("\n\n".join(words))
        return
    words += said.requests[row.signatory_id].get(row.measure, [])
    shown = [entries.EntryTexts(False, paragraph) for paragraph in words]
    if row.Index in said.replies:
        shown.append(entries.EntryTexts(True, said.replies[row.Index]))
    recent = seqs[:RECENT]
    if row.said_by and len(seqs) > 1:
        newest = row.said_by == seqs[0]
        recent = recent[1:] if newest else recent
        shown += [entries.EntryTexts(False, t("city.said_by")), said.entries[row.said_by]]
        shown.append(entries.EntryTexts(False, t("city.before" if newest else "city.timeline")))
    entries.show_entries([*shown, *(said.entries[seq] for seq in recent)])
    if not seqs:
        st.info(t("city.no_entry"))
    if len(seqs) > RECENT:
        _older(view, plural("city.older", len(seqs) - RECENT, view.lang), seqs[RECENT:])


@outage.guard_texts()
def _older(view: View, label: str, seqs: list[int], measured: bool = False) -> None:
    """Entries that are read and sent once somebody unfolds them."""
    with figures.fold_part(label, f"_older_{seqs[0]}") as wanted:
        if wanted:
            entries.show_entries(entries.entry_texts(view, tuple(seqs), measured).values())


def _day_since(view: View, row) -> str | None:
    return cities.since_in_words(view, row, None)


def _state(view: View, row, since: str | None) -> str:
    status = Status(row.status)
    parts = [f"**{SIGNS[status]} {t(f'status.{status}')}**"]
    if since is not None:
        parts.append(since)
    parts.append(t("city.verdict", verdict=careers.verdict(row, view.lang)))
    if not pd.isna(row.lateness):
        parts.append(t(f"lateness.{row.lateness}"))
    parts.append(t("city.due", day=day(row.due_on, view.lang)))
    if not row.binding:
        parts.append(careers.not_binding(view, row))
    parts.append(plural("city.standing", row.actions, view.lang))
    return " · ".join(parts)
