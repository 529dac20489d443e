"""The fields of the form: each keeps what is typed, and says below it what was refused."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import streamlit as st

from monitor import intake
from monitor.commands.more_sources import field_of_source
from monitor.errors import InvalidValue
from monitor.findings import RowError
from monitor.i18n import partial_day
from monitor.intake.action_rules import SOURCE_NEEDED
from monitor.intake.days import day_of
from monitor.models import WRITABLE, Kind, SourceKind
from monitor.read.labels import status_label
from monitor.read.selection import View
from monitor.schema import EVIDENCE
from monitor.snapshot import log_today
from monitor.ui import buttons, screen
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team import detail, draft
from monitor.ui.team.draft_sources import MORE_SOURCES, count_sources, without_source

#: What a file says of its columns, and a form says in other words.
IN_A_FIELD = (
    "required",
    "status_needed",
    "evidence_needed",
    "search_needed",
    "summary_needed",
    "reason_needed",
    "not_a_date",
)
#: The fields that mend an error beside the one that it is shown at.
_MENDED_BY = {
    "evidence_needed": ("source_kind", "source_title", "source_url", "status", "kind"),
    "search_needed": ("status", "kind"),
    "status_needed": ("kind",),
    "summary_needed": ("kind",),
    "reply_source_needed": ("source_url", "kind"),
}
_ERRORS = "_write_errors"
#: The form, as a part of the page that answers a click.
PART = "saisie"


@dataclass(frozen=True)
class _Refusal:
    """A sentence at a field, for as long as these fields hold what was refused."""

    sentence: str
    held: Mapping[str, str] = field(default_factory=dict)


def set_field_errors(errors: Iterable[RowError], held: Mapping) -> None:
    """What the form shows at each field from now on, until the field is mended; the first of several
    about one field."""
    errors = list(errors)
    if any(error.code == "status_needed" for error in errors) and not _sourced(held):
        # A file says it once the status is there; a person is told all that is missing at once.
        place = "source_title" if held["source_kind"] else "source_kind"
        errors.append(RowError(None, place, "", "evidence_needed", SOURCE_NEEDED))
    found = {}
    for error in reversed(errors):
        names = (error.column, *_MENDED_BY.get(error.code, ()))
        values = {name: held[name] for name in names if name in held}
        found[error.column] = _Refusal(_sentence(error), values)
    st.session_state[_ERRORS] = found
    screen.look_at(PART)


def _sourced(held: Mapping) -> bool:
    return bool(held["source_kind"] and (held["source_title"] or held["source_url"]))


def set_form_error(sentence: str) -> None:
    """A sentence about the entry as a whole."""
    st.session_state[_ERRORS] = {"": _Refusal(sentence)}
    screen.look_at(PART)


def clear_errors() -> None:
    """Forget what was wrong with the form."""
    st.session_state.pop(_ERRORS, None)


def _refusal(held: Mapping, name: str) -> str | None:
    """What is still wrong with a field."""
    found = st.session_state.get(_ERRORS, {}).get(name)
    if found is None or any(held[one] != value for one, value in found.held.items()):
        return None
    return found.sentence


def day_field(view: View, held: dict) -> None:
    """The field of the day, with how what is typed is read."""
    text_field(held, "happened_on", t("write.when"), placeholder=t("write.when_hint"))
    if not held["happened_on"] or _refusal(held, "happened_on"):
        return
    read = typed_day(held)
    if read is None:
        st.caption(t("write.when_unread"))
        return
    st.caption(f"→ {partial_day(read, language())}")
    if held["kind"] == Kind.ASSESSMENT and (
        why := detail.why_uncounted(view, held["signatory_id"], read, log_today(), held["status"])
    ):
        st.warning(t(f"write.uncounted_{why}"))


def typed_day(held: Mapping) -> str | None:
    """The day of the draft in EDTF, None where there is none yet."""
    try:
        return day_of(draft.happened_on(held).strip())
    except InvalidValue:
        return None


def status_field(view: View, held: dict) -> None:
    """The choice of the status."""
    _one_of(
        held,
        "status",
        [status.value for status in WRITABLE],
        lambda code: status_label(code, language()),
        t("write.status"),
    )
    if held["status"]:
        st.caption(t(f"status_definition.{held['status']}"))
    if draft.is_search(held):
        _search_day(view, held)


def _search_day(view: View, held: dict) -> None:
    """The day on which somebody looked: today, or one since the election; one known to the month or year
    alone stays what it is."""
    typed, today = draft.happened_on(held), log_today()
    if len(typed) != len(today.isoformat()):
        st.markdown(t("write.searched_on", day=partial_day(typed, language())))
        return
    chosen = date.fromisoformat(typed)
    first = min(view.pact.election_on, view.pact.term_start, chosen)
    limits = {"min_value": first, "max_value": max(today, chosen), "format": "DD/MM/YYYY"}
    key = draft.widget_key(held, "searched_on")
    day = st.date_input(t("write.searched_day"), chosen, key=key, **limits)
    if day and day != chosen:
        held |= {"searched_on": day.isoformat(), "dirty": True}


def evidence_fields(held: dict) -> None:
    """The sources, one after the other, and room for another."""
    st.markdown(f"**{t('write.how')}**")
    _source_fields(held, 1)
    count = count_sources(held)
    for number in range(2, count + 1):
        with st.container(border=True, key=f"source_{number}"):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{t('write.source_number', number=number)}**", width="stretch")
                buttons.button(
                    t("write.drop_source"),
                    key=f"_write_drop_source_{number}",
                    on_click=_drop_source,
                    args=(held, number),
                    type="tertiary",
                    icon=":material/delete:",
                )
            _source_fields(held, number)
    if count < MORE_SOURCES[-1]:
        buttons.button(
            t("write.add_source"),
            key="_write_add_source",
            on_click=_add_source,
            args=(held,),
            type="tertiary",
            icon=":material/add_link:",
        )


def _add_source(held: dict) -> None:
    draft.take_all_widgets(held)
    draft.set_fields(held, {"sources": count_sources(held) + 1})


def _drop_source(held: dict, number: int) -> None:
    draft.take_all_widgets(held)
    draft.set_fields(held, without_source(held, number))


def _source_fields(held: dict, number: int) -> None:
    named = {column: field_of_source(column, number) for column in EVIDENCE}
    left, right = st.columns(2)
    with left:
        _one_of(
            held,
            named["source_kind"],
            [kind.value for kind in SourceKind],
            lambda code: t(f"source_kind.{code}"),
            t("write.source_kind"),
        )
    with right:
        text_field(held, named["source_publisher"], t("write.source_publisher"))
    text_field(held, named["source_title"], t("write.source_title"))
    text_field(held, named["source_url"], t("write.source_url"), placeholder="https://…")
    more = ("archive_url", "quote")
    with st.expander(t("write.more"), expanded=any(held[named[name]] for name in more)):
        text_field(held, named["archive_url"], t("write.archive_url"), placeholder="https://…")
        text_field(held, named["quote"], t("write.quote"))


def text_field(held: dict, name: str, label: str, placeholder: str = "") -> None:
    """A line of text that is sent, and kept, as it is typed."""
    st.text_input(
        label,
        key=draft.widget_key(held, name),
        live="300ms",
        placeholder=placeholder or None,
        value=held["begun"][name],
    )
    draft.take_widget(held, name)
    show_field_error(held, name)


def _one_of(
    held: dict, name: str, codes: list[str], word: Callable[[str], str], label: str
) -> None:
    """A list whose first line is no choice yet."""
    options = ["", *codes]
    st.selectbox(
        label,
        options,
        key=draft.widget_key(held, name),
        index=options.index(held["begun"][name]),
        format_func=lambda code: word(code) if code else t("write.choose"),
    )
    draft.take_widget(held, name)
    show_field_error(held, name)


def show_field_error(held: Mapping, name: str) -> None:
    """What is wrong with a field, as long as it is not mended."""
    if refusal := _refusal(held, name):
        with screen.answer_here(PART, name):
            st.error(refusal)


def _sentence(error) -> str:
    """What is wrong with a field, without the line and column that a file would have."""
    if error.code in IN_A_FIELD:
        return t(f"field_error.{error.code}")
    reason = md(intake.error_reason(error, language(), on_page=True))
    known = error.column in (*draft.TYPED, "supersedes")
    return reason if known else f"{md(error.column)}{t('sentence.colon')}{reason}"
