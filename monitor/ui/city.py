"""A city: who signed there, their time in office, and each measure with its evidence."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import NamedTuple
from urllib.parse import quote, urlencode

import streamlit as st

from monitor.i18n import day, plural
from monitor.read import careers
from monitor.read import city as cities
from monitor.read.city_groups import MANY, Group, commitment_line, group_commitments, group_heading
from monitor.read.city_texts import (
    RECENT,
    CityTexts,
    CommitmentWords,
    PersonWords,
    commitment_words,
    person_words,
    recent_city_texts,
)
from monitor.read.commitment_text import CommitmentText, Fact, common_in_words, has_criteria
from monitor.read.filters import FILTERS
from monitor.read.labels import status_label
from monitor.read.lines import Line
from monitor.read.selection import View
from monitor.ui import entries, figures, frame, measure_words, outage, paging
from monitor.ui.address import write_address
from monitor.ui.entries import Paragraph
from monitor.ui.markdown import line_to_markdown, md
from monitor.ui.page_run import language, page_at, t

#: Measures on a page of those that one line unfolds, where one person is shown.
PAGED = 60


def show_city(view: View, code: str) -> None:
    """One city."""
    place = cities.city(view.day_state, code)
    others = cities.other_pacts(view, [code])
    st.button(
        t("city.back"),
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=write_address,
        kwargs={"commune": None, "signataire": None},
    )
    frame.show_heading(view, md(place.title), quotes=True)
    st.markdown(f"{_summary(view, place.people)} {_sheet(view, code)}{_comparison(view, place)}")
    if others:
        links = [
            _link_to(pact.id, code, f"{pact.title} · {pact.election}", view.lang)
            for pact, _, _ in others
        ]
        st.markdown(f"{t('city.other_pacts')}{t('sentence.colon')}{', '.join(links)}")
    with st.container(key="filtres"):
        frame.show_as_of(view)
    texts = None
    with outage.guard_texts():
        texts = recent_city_texts(view, code)
    groups = group_commitments(view, place)
    if place.commitments and not has_criteria(view):
        st.caption(t("city.no_criteria"))
    people = _asked_for(view, place)
    for person in people:
        _person(view, person, groups.get(person.row.signatory_id, []), texts, len(people) == 1)
    st.page_link(
        page_at("donnees"),
        label=t("city.data"),
        icon=":material/download:",
        query_params=view.address(commune=code),
    )


def _sheet(view: View, code: str) -> str:
    """A link to the same city in an address that needs no script."""
    others = (name for name in FILTERS if name not in ("fonction", "taille"))
    names = view.address(**dict.fromkeys(others))
    query = f"?{urlencode(names)}" if names else ""
    return f"[{t('city.sheet')}](/ville/{quote(code, safe='')}{query})"


def _comparison(view: View, place: cities.City) -> str:
    """Links to where another place, or two people of this one, are chosen; "" where there are none."""
    kept = ("theme", "mesure")
    names = view.address(
        **dict.fromkeys(name for name in FILTERS if name not in kept), villes=place.code
    )
    return "".join(
        f" · [{t(f'comparison.{way}')}](/comparer?{urlencode(names)})"
        for way in cities.ways_to_compare(view, place)
    )


def _link_to(pact: str, commune: str, words: str, lang: str) -> str:
    """To the same place in another pact."""
    names = {"pacte": pact, "commune": commune, "lang": lang}
    return f"[{md(words)}](/communes?{urlencode(names)})"


def _asked_for(view: View, place: cities.City) -> list[cities.Person]:
    """Who signed there; one of several alone, where the address names that one."""
    asked = st.query_params.get("signataire")
    alone = [one for one in place.people if one.row.signatory_id == asked]
    if not alone or len(place.people) == 1:
        return place.people
    others = view.plural("city.everybody_here", len(place.people))
    st.button(others, type="tertiary", on_click=write_address, kwargs={"signataire": None})
    return alone


def _summary(view: View, people: list[cities.Person]) -> str:
    if not any(one.row.signed for one in people):
        return t("sheet.nobody_yet", day=day(view.day, view.lang))
    return t(
        "city.summary",
        signatories=view.plural("count.signatories", sum(one.row.signed for one in people)),
        elected=careers.results_in_words(view, [one.row for one in people]),
        day=day(view.day, view.lang),
    )


def _person(
    view: View, person: cities.Person, groups: list[Group], texts: CityTexts | None, alone: bool
) -> None:
    """Somebody who signed; under one line where the city has many of them, with many measures, and they
    are not shown alone."""
    row = person.row
    whole = next((group for group in groups if group.parts), None)
    if whole is None or alone:
        st.header(md(row.name), divider="gray")
        _told_of(view, person, whole.parts if whole else groups, texts, PAGED if alone else MANY)
        return
    label = f"**{md(row.name)}** · {''.join(group_heading(view, whole))}"
    with figures.fold_part(label, f"_signataire_{row.signatory_id}") as wanted:
        if wanted:
            _told_of(view, person, whole.parts, texts, MANY)


def _told_of(
    view: View, person: cities.Person, groups: list[Group], texts: CityTexts | None, size: int
) -> None:
    """What is known of somebody, and each measure; of those under one line, `size` at once."""
    who, words = person.row.signatory_id, person_words(view, person, groups, texts)
    st.markdown(line_to_markdown(view, words.facts))
    if words.mandates:
        (st.markdown if person.terms else st.caption)(words.mandates)
    if person.terms:
        figures.show_chart("mandats", view, who, alt=words.terms)
    if words.elsewhere:
        links = (_link_to(pact.id, code, pact.title, view.lang) for pact, code in words.elsewhere)
        st.markdown(f"{words.also}{', '.join(links)}")
    if words.unbound:
        st.markdown(words.unbound)
    if common := common_in_words(view, words.common):
        st.caption(md(common))
    for place, group in enumerate(groups, start=1):
        told = _Told(texts, words.common)
        _group(view, who, group, told, (size, f"page_{who}_{place}"))
    _answers(view, who, words)
    seqs = [seq for commitment in person.commitments for seq in commitment.seqs]
    if seqs and not groups:
        _older(view, plural("city.entries", len(seqs), view.lang), seqs, measured=True)


def _answers(view: View, who: str, words: PersonWords) -> None:
    """What somebody answered about measures that they are not bound to."""
    for apart in words.answers:
        with figures.fold_part(apart.label, f"_reponse_{who}_{apart.answer.name}") as wanted:
            for theme, answers in apart.by_theme.items() if wanted else ():
                st.markdown(
                    "\n".join([*([f"**{md(theme)}**\n"] if theme else []), *_lines(view, answers)])
                )


def _lines(view: View, answers: list[tuple[str, Line]]) -> Iterator[str]:
    """Each measure, and the line, as an item of a list."""
    for title, line in answers:
        words = f"  \n  {line_to_markdown(view, line)}" if line.sentence else ""
        yield f"- {md(title)}{words}"


class _Told(NamedTuple):
    """What was said of the commitments of somebody, and what of it is said once of all."""

    texts: CityTexts | None
    common: tuple[Fact, ...]


def _group(view: View, who: str, group: Group, told: _Told, pages: tuple[int, str]) -> None:
    """Measures under a line that unfolds them; each unfolds unless they are few. `pages`: how many are
    on a page of them, and the name of that page in the address."""
    if not group.folds:
        for one in group.commitments:
            _commitment(view, one, told)
        return
    what, more = group_heading(view, group)
    label = f"**{md(what)}**{more}"
    key = f"{who}_{group.status or group.words}_{group.apart}"
    with figures.fold_part(label, f"_statut_{key}", opened=group.open) as wanted:
        rows = paging.page_of(len(group.commitments), *pages) if wanted else slice(0)
        for one in group.commitments[rows]:
            folded = "" if group.open else commitment_line(view, one, group)
            _commitment(view, one, told, folded)


def _commitment(view: View, commitment: cities.Commitment, told: _Told, folded: str = "") -> None:
    """One measure under its title, or under the line that unfolds it: its exact wording, where it
    stands, what the official answers, and why."""
    row, seqs = commitment.row, commitment.seqs
    key = f"_mesure_{row.signatory_id}_{row.measure}"
    with figures.fold_part(md(folded), key) if folded else nullcontext(True) as wanted:
        if not wanted:
            return
        words = commitment_words(view, commitment, told.texts, told.common)
        if not folded:
            st.subheader(md(words.text.title))
        measure_words.fold_explanation(view, words.text, key)
        entries.show_paragraphs(_paragraphs(view, words, seqs))
        if told.texts and len(seqs) > RECENT:
            older = plural("city.older", len(seqs) - RECENT, view.lang)
            _older(view, older, seqs[RECENT:])


def _paragraphs(view: View, commitment: CommitmentWords, seqs: list[int]) -> Iterator[Paragraph]:
    """What is said of a measure at once: the entry that gave it its status, then the newest others."""
    yield from (Paragraph(False, words) for words in _state(view, commitment.text))
    if commitment.answer:
        yield Paragraph(False, line_to_markdown(view, commitment.answer))
    yield from (Paragraph(False, words) for words in commitment.requests)
    if commitment.reply:
        yield Paragraph(True, line_to_markdown(view, commitment.reply))
    recent = commitment.entries[:RECENT]
    if commitment.began and len(seqs) > 1:
        newest = commitment.began.seq == seqs[0]
        recent = recent[1:] if newest else recent
        yield Paragraph(False, t("city.said_by"))
        yield entries.entry_paragraph(view, commitment.began)
        yield Paragraph(False, t("city.before" if newest else "city.timeline"))
    yield from (entries.entry_paragraph(view, one) for one in recent)


def _state(view: View, text: CommitmentText) -> list[str]:
    """What the pact and this commitment alone say of the measure, and where it stands, in markdown."""
    own = t("city.own_wording", wording=md(text.own_wording)) if text.own_wording else ""
    facts = "".join(f" · {md(fact.words)}" for fact in text.facts)
    return [
        *measure_words.measure_paragraphs(view, text, own),
        f"**{status_label(text.status, language())}**{facts}",
    ]


@outage.guard_texts()
def _older(view: View, label: str, seqs: list[int], measured: bool = False) -> None:
    """Entries that are read and sent once somebody unfolds them."""
    with figures.fold_part(label, f"_older_{seqs[0]}") as wanted:
        if wanted:
            entries.show_paragraphs(entries.entry_texts(view, tuple(seqs), measured).values())
