"""The form of a blind rating, and of what decides between two: kept as it is typed, for its author
alone."""

import json
from collections.abc import Iterable
from dataclasses import replace
from uuid import uuid4

import streamlit as st

from monitor import commands, intake
from monitor.accounts import Account
from monitor.commands import NewAction
from monitor.commands.drafts import draft_of_one_size
from monitor.commands.rating_cells import JUDGEMENT, WORDS
from monitor.errors import MonitorError
from monitor.findings import RowError
from monitor.i18n import number, public_sentence
from monitor.models import WRITABLE, SourceKind, Status
from monitor.queries.team import find_draft
from monitor.read import current_log
from monitor.read.labels import status_label
from monitor.read.selection import View
from monitor.samples import SamplePlan
from monitor.schema import EVIDENCE
from monitor.snapshot import log_today
from monitor.ui import viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team import fields

_TYPED = ("status", "happened_on", *EVIDENCE, "summary", "searched", "reason")
_LABELS = {
    "status": "write.status",
    "happened_on": "write.when",
    "summary": "write.summary_assessment",
    "searched": "blind.searched",
    "reason": "blind.reason",
    "words": "blind.words_in_all",
    **{name: f"write.{name}" for name in EVIDENCE},
}
_HELD = "_blind_drafts"


def begin_draft(account: Account, plan: SamplePlan, about: tuple[str, str]) -> dict:
    """What the account has begun to write of a commitment, in this session or in an earlier one."""
    purpose = f"lecture:{plan.pact_id}:{plan.plan_id}:{about[0]}:{about[1]}"
    kept = st.session_state.setdefault(_HELD, {})
    key = (account.name, purpose)
    if key not in kept:
        with current_log.store().reading() as database:
            found = find_draft(database, account.name, purpose)
        blank = {**dict.fromkeys(_TYPED, ""), "request_id": uuid4().hex}
        kept[key] = {**blank, **(json.loads(found.content) if found else {}), "purpose": purpose}
    return kept[key]


def show_fields(held: dict, *, arbitrating: bool = False) -> None:
    """The fields, each of which is kept as soon as it is left."""
    _one_of(held, "status", WRITABLE, lambda code: status_label(code, language()))
    if held["status"]:
        st.caption(t(f"status_definition.{held['status']}"))
    is_search = held["status"] == Status.NO_EVIDENCE
    if not is_search:
        _text(held, "happened_on", placeholder=t("write.when_hint"))
        left, right = st.columns(2)
        with left:
            _one_of(held, "source_kind", SourceKind, lambda code: t(f"source_kind.{code}"))
        with right:
            _text(held, "source_publisher")
        _text(held, "source_title")
        _text(held, "source_url", placeholder="https://…")
        with st.expander(t("write.more"), expanded=bool(held["archive_url"] or held["quote"])):
            _text(held, "archive_url", placeholder="https://…")
            _text(held, "quote")
    if arbitrating or not is_search:
        _text(held, "summary", label=t("write.searched") if is_search else "")
    _text(held, "reason" if arbitrating else "searched")
    held["is_open"] = arbitrating
    if not arbitrating:
        _say_length(WORDS)
    _warn_of_failure(held)


def show_judgement(held: dict) -> None:
    """The fields of whoever judges what another kept: the status, and why."""
    _one_of(held, "status", WRITABLE, lambda code: status_label(code, language()))
    if held["status"]:
        st.caption(t(f"status_definition.{held['status']}"))
    _text(held, "summary", label=t("blind.why"))
    _say_length(JUDGEMENT)
    _warn_of_failure(held)


def typed_action(view: View, held: dict, about: tuple[str, str]) -> NewAction:
    """The draft as the commands take it; a search bears the day of today."""
    is_search = held["status"] == Status.NO_EVIDENCE
    action = NewAction(
        request_id=held["request_id"],
        pact_id=view.log.pact.id,
        signatory_id=about[0],
        measure=about[1],
        happened_on=log_today().isoformat() if is_search else held["happened_on"],
        status=held["status"],
        summary=held["summary"],
        reason=held["reason"],
        source_kind=held["source_kind"],
        source_title=held["source_title"],
        source_publisher=held["source_publisher"],
        source_url=held["source_url"],
        archive_url=held["archive_url"],
        quote=held["quote"],
    )
    return replace(action, **dict.fromkeys(EVIDENCE, "")) if is_search else action


def drop_draft(held: dict) -> None:
    """It is written: the words are kept in the log, and not as a draft any more."""
    held |= {**dict.fromkeys(_TYPED, ""), "request_id": uuid4().hex}
    _keep(held)
    for name in _TYPED:
        st.session_state.pop(_key(held, name), None)


def errors_in_words(errors: Iterable[RowError]) -> list[str]:
    """What is wrong, each with the name of its field."""
    return [f"{_label(one.column)}{t('sentence.colon')}{_reason(one)}" for one in errors]


def _say_length(limit: int) -> None:
    st.caption(t("blind.length", limit=number(limit, language())))


def _warn_of_failure(held: dict) -> None:
    if error := held.get("failure"):
        st.warning(f"{t('write.not_kept')} {md(public_sentence(error, language()))}")


def _reason(error: RowError) -> str:
    if error.code in fields.IN_A_FIELD:
        return t(f"field_error.{error.code}")
    return md(intake.error_reason(error, language(), on_page=True))


def _label(column: str) -> str:
    return t(_LABELS[column]) if column in _LABELS else md(column)


def _key(held: dict, name: str) -> str:
    return f"_blind_{held['purpose']}_{name}"


def _text(held: dict, name: str, placeholder: str = "", label: str = "") -> None:
    st.text_input(
        label or _label(name),
        value=held[name],
        key=_key(held, name),
        placeholder=placeholder or None,
        on_change=_take,
        args=(held, name),
    )


def _one_of(held: dict, name: str, codes, word) -> None:
    options = ["", *(code.value for code in codes)]
    st.selectbox(
        _label(name),
        options,
        index=options.index(held[name]) if held[name] in options else 0,
        key=_key(held, name),
        format_func=lambda code: word(code) if code else t("write.choose"),
        on_change=_take,
        args=(held, name),
    )


def _take(held: dict, name: str) -> None:
    held[name] = st.session_state[_key(held, name)] or ""
    _keep(held)


def _keep(held: dict) -> None:
    typed = {name: held[name] for name in (*_TYPED, "request_id")}
    try:
        # Who decides between two has read both: there is nothing left to hide.
        content = json.dumps(typed) if held.get("is_open") else draft_of_one_size(typed)
        commands.save_draft(
            current_log.store(), viewer.presented_bearer(), held["purpose"], content
        )
    except MonitorError as error:  # the words stay in the page
        held["failure"] = error
    else:
        held["failure"] = None
