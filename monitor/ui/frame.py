"""What stands around every page: language, pact, notices, and the line that dates the figures."""

from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache
from html import escape

import streamlit as st

from monitor.errors import DatabaseError, TooBusy
from monitor.export.licences import licence_in_words
from monitor.i18n import day, number, public_sentence
from monitor.read import counts, current_log, filter_labels
from monitor.read.cache import per_view
from monitor.read.filters import FILTERS, MOST_INHABITANTS, Filter
from monitor.read.screens import legal_links
from monitor.read.selection import View
from monitor.sizes import read_bounds
from monitor.snapshot import log_today
from monitor.ui import outage
from monitor.ui.address import choose_value, write_address
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t


def language_switch(languages: tuple[str, ...]) -> None:
    """FR | EN, in the address as `lang` once it was chosen."""
    st.session_state["_lang"] = language()
    st.segmented_control(
        t("frame.language"),
        languages,
        format_func=str.upper,
        key="_lang",
        label_visibility="collapsed",
        required=True,
        on_change=_write_language,
    )


def _write_language() -> None:
    write_address(lang=st.session_state["_lang"])


def show_maintenance(error: DatabaseError) -> None:
    """The page that stands in for all others while the database cannot be read."""
    st.title(t("frame.maintenance_title"))
    st.error(md(public_sentence(error, language())))
    st.write(t("frame.maintenance_safe"))
    # Pressed by itself once the database is back; every few seconds while somebody else writes.
    away = current_log.outage() is not None
    _refresh(t("frame.retry"), current_log.page_version(current_log.FOLLOWER.seq) if away else "0")


def show_busy(error: TooBusy) -> None:
    """Shown instead of a page whose turn does not come."""
    st.warning(md(public_sentence(error, language())))


def show_no_pact(seq: int, page: st.Page | None) -> None:
    """What an empty site says. `page`: where its reader can bring a pact."""
    st.title(t("app.title"))
    if page:
        st.info(t("frame.no_pact_yet"))
        st.page_link(page, label=t("frame.bring_pact"), icon=":material/note_add:")
    else:
        st.info(t("public.no_pact"))
    st.markdown(t("frame.first_pact_guide" if page else "frame.first_pact"))
    _refresh(t("frame.refresh"), current_log.page_version(seq))


def _refresh(label: str, mark: str) -> None:
    """Runs the page again. Its key says what is shown (`current_log.page_version`): a page left open
    compares it with what there is to show, and presses the button by itself (static/suivi.js)."""
    st.button(label, key=f"_tete_{mark}", type="tertiary", icon=":material/refresh:")


def show_above(view: View) -> None:
    """The choice of the pact, how old the figures are if the database is away, what the address
    asked for in vain, and that a pact is fictional."""
    with st.sidebar:
        if len(view.snapshot.logs) > 1:
            _pact_choice(view, pact_titles(view))
    outage.show_outage()
    if view.pact.fictional:
        st.warning(view.text("frame.fictional"), icon=":material/theater_comedy:")
    _in_vain(view)
    if note := filter_labels.past_log_note(view):
        st.info(note)


def _in_vain(view: View) -> None:
    """What the address asks for and does not exist here, in one notice; a commune where nobody signed
    does exist."""
    unknown = list(view.unknown)
    areas = view.log.areas
    for name, value in view.unknown:
        if name == "commune" and value in areas.index:
            unknown.remove((name, value))
            st.warning(view.text("city.not_signed", name=md(areas.at[value, "name"])))
    asked = [{"name": md(name), "value": md(value[:80])} for name, value in unknown]
    if len(asked) == 1:
        st.warning(t("frame.unknown_value", **asked[0]))
    elif asked:
        values = ", ".join(t("frame.asked", **one) for one in asked)
        st.warning(t("frame.unknown_values", values=values, n=number(len(asked), view.lang)))


def pact_titles(view: View) -> dict[str, str]:
    """The title of each pact by its id; two of one title have their ids beside it."""
    titles = {name: log.pact.title for name, log in view.snapshot.logs.items()}
    often = Counter(titles.values())
    return {
        name: f"{title} ({name})" if often[title] > 1 else title for name, title in titles.items()
    }


def show_heading(view: View, title: str, quotes: bool = False) -> None:
    """The title of a page, and the pact that it is about. `quotes`: its texts are in one language."""
    st.title(title)
    lines = [md(view.pact.title)]
    if quotes and (words := filter_labels.language_of_texts(view)):
        lines.append(words)
    st.caption("  \n".join(lines))


def status_set_aside(view: View) -> None:
    """A page of rates does not follow a filter by status or lateness, and says so."""
    if standing := filter_labels.standing_in_words(view):
        st.info(t("frame.status_set_aside", status=standing))


def _pact_choice(view: View, titles: dict[str, str]) -> None:
    st.session_state["_pacte"] = view.log.pact.id
    st.selectbox(
        t("frame.pact"),
        list(titles),
        format_func=titles.__getitem__,
        key="_pacte",
        on_change=lambda: switch_pact(st.session_state["_pacte"]),
    )


def switch_pact(name: str) -> None:
    """Another pact is another view: filters and dates of the first mean nothing in it. The language
    stays, whatever that of the pact."""
    write_address(**dict.fromkeys((*FILTERS, *_MOMENTS)), pacte=name, lang=language())


def show_below(view: View, follows: bool) -> None:
    """Pact, day, head of the log and licence: what every figure of the page is a view of. A page
    that `follows` the log shows by itself what is new; a form is left in peace."""
    st.caption(
        "---\n\n"
        + t(
            "frame.footer",
            pact=md(view.pact.title),
            day=day(view.day, view.lang),
            filters=_filters_in_words(view),
            seq=number(view.snapshot.seq, view.lang),
            hash=view.snapshot.short_hash,
            licence=md(_keep_together(licence_in_words(view.pact.licence, view.lang))),
        )
    )
    if follows:
        _refresh(t("frame.refresh"), current_log.page_version(view.snapshot.seq))


def _keep_together(words: str) -> str:
    """Words that do not part at the end of a line: « licence CC-BY-4.0 »."""
    return words.replace(" ", "\u00a0").replace("-", "-\u2060")


def show_legal_links() -> None:
    """Where the publisher is named, and what is kept of people: under every page, whatever it shows."""
    st.html(_legal(language()))


@cache
def _legal(lang: str) -> str:
    links = (
        f'<a href="{address}" target="_self">{escape(title)}</a>'
        for title, address in legal_links(lang)
    )
    return f'<p class="mentions">{" · ".join(links)}</p>'


def _filters_in_words(view: View) -> str:
    """The filters in force, in words."""
    return md(t("sentence.semicolon").join(filter_labels.filters_in_words(view))) or t(
        "filter.none"
    )


def show_filters(view: View, *names: str) -> None:
    """The filters of the address on one line, in the order of the names: those by which anything can be
    told apart."""
    offered = {name: _options(view, name) for name in names if name in FILTERS}
    with st.container(horizontal=True, vertical_alignment="bottom", key="filtres"):
        for name in names:
            if name in _OWN_CONTROLS:
                _OWN_CONTROLS[name](view)
            elif offered[name]:
                _show_filter(view, FILTERS[name], offered[name])
    listed = {name for name, options in offered.items() if options or name in _OWN_CONTROLS}
    _others(view, listed)


@per_view
def _options(view: View, name: str) -> Mapping[str, str]:
    return FILTERS[name].options(view)


def _show_filter(view: View, one: Filter, options: Mapping[str, str]) -> None:
    choose_value(
        one.name,
        t(f"filter.{one.label}"),
        list(options),
        options,
        view.filters.get(one.name),
        t(f"filter.all_{one.label}"),
        *one.clears,
    )


def _others(view: View, offered: Collection[str]) -> None:
    """Filters of the address that the page has no list for: shown, and taken off by a click."""
    for name, value in view.filters.items():
        if name not in offered:
            label = t(
                "filter.remove",
                name=t(f"filter.{FILTERS[name].label}"),
                value=md(FILTERS[name].words(view, value)),
            )
            st.button(label, key=f"_without_{name}", on_click=write_address, kwargs={name: None})


def _show_bounds(view: View) -> None:
    """The populations between which places are kept: any, and so sizes together."""
    asked = view.filters.get("habitants")
    if not asked and not counts.has_several_populations(view.day_state):
        return
    low, _, high = (asked or "-").partition("-")
    kept = FILTERS["habitants"].words(view, asked) if asked else t("filter.all_population")
    keys = {"low": "_habitants_low", "high": "_habitants_high"}

    def changed() -> None:
        ends = [st.session_state[key] for key in keys.values()]
        bounds = "-".join("" if end is None else str(end) for end in ends)
        write_address(habitants=bounds if read_bounds(bounds) else None)

    least, most = (int(end) if end else None for end in (low, high))
    limits = {
        "low": (0, MOST_INHABITANTS if most is None else most),
        "high": (least or 0, MOST_INHABITANTS),
    }
    with st.popover(f"{t('filter.population')}{t('sentence.colon')}{kept}"):
        for (end, key), value in zip(keys.items(), (least, most), strict=True):
            st.session_state[key] = value
            st.number_input(
                t(f"filter.population_{end}"),
                key=key,
                min_value=limits[end][0],
                max_value=limits[end][1],
                step=500,
                on_change=changed,
            )


def show_as_of(view: View) -> None:
    """The day of the view; any day from the election on."""
    key = "_au"
    st.session_state[key] = view.day
    st.date_input(
        t("filter.as_of_end" if view.day == view.pact.term_end else "filter.as_of"),
        key=key,
        format="DD/MM/YYYY",
        min_value=min(view.pact.election_on, view.day),
        max_value=log_today(),
        on_change=lambda: write_address(
            au=st.session_state[key] and st.session_state[key].isoformat()
        ),
    )


def _known_at(view: View) -> None:
    """The time of knowledge: what the log said at the end of a day (UTC)."""
    key = "_connu"
    st.session_state[key] = view.known_at.date() if view.known_at else None
    st.date_input(
        t("filter.known_at"),
        key=key,
        format="DD/MM/YYYY",
        on_change=lambda: write_address(
            connu=st.session_state[key] and f"{st.session_state[key]}T23:59:59Z"
        ),
    )


#: The names of the address that say when.
_MOMENTS = {"au": show_as_of, "connu": _known_at}
#: What is chosen otherwise than from a list.
_OWN_CONTROLS = {**_MOMENTS, "habitants": _show_bounds}
