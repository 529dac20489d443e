"""Saving the form: the entry is written once, and whatever refuses it, the words stay."""

from collections.abc import Sequence
from time import monotonic

import streamlit as st

from monitor import commands
from monitor.errors import Changed, InvalidRow, MonitorError, Refused
from monitor.i18n import public_sentence
from monitor.models import Kind
from monitor.queries import team as backlog
from monitor.read import current_log
from monitor.read.selection import View
from monitor.ui import buttons, screen, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team import detail, draft, fields, more_sources

#: Seconds within which a second click on « save » is one click of two.
TWICE = 2
_SAVED, _ENTRY, _CHANGED = "_write_saved", "_write_entry", "_write_changed"
#: Whether what was begun about one measure is now said of another.
_CARRIED = "_write_carried"
#: The commitment (signatory, measure) of what was saved last.
_ABOUT = "_write_saved_about"


def show_saved(view: View, held: dict) -> None:
    """The entry that the last click wrote, with the way to add a source to it."""
    if saved := st.session_state.get(_SAVED):
        about = st.session_state.get(_ABOUT)
        what = f"  \n{detail.commitment_in_words(view, *about)}" if about else ""
        st.success(t("write.saved", seq=saved[0]) + what, icon=":material/check:")
        if not about or about[0] == held["signatory_id"]:  # not while another one is written of
            more_sources.show_source_form(view, st.session_state.get(_ENTRY))


def show_carried(held: dict) -> None:
    """Warn that what was begun about one measure is now said of another."""
    if st.session_state.get(_CARRIED) and draft.is_begun(held):
        st.warning(t("write.carried"), icon=":material/content_copy:")


def change_commitment(held: dict) -> None:
    """From a callback: the form is about another measure, with the words begun about the one before."""
    held["seen_rev"] = None
    st.session_state.pop(_CHANGED, None)
    if held["measure"] and draft.is_begun(held):
        st.session_state[_CARRIED] = True


def newer_entries() -> Sequence[int]:
    """The entries made since the form was opened, because of which it was not saved."""
    return st.session_state.get(_CHANGED, ())


def forget_outcome() -> None:
    """Forget what the last click did, and the errors that it met."""
    fields.clear_errors()
    for name in (_SAVED, _ENTRY, _ABOUT, _CHANGED, _CARRIED):
        st.session_state.pop(name, None)


def show_save_button(view: View, held: dict) -> None:
    """The errors of the form as a whole, and the two buttons: save, and drop what was begun."""
    for name in ("supersedes", "measure", "signatory_id", "kind", ""):
        fields.show_field_error(held, name)
    left, right = st.columns(2)
    label = "write.withdraw" if held["kind"] == Kind.RETRACTION else "write.save"
    buttons.button(
        t(label),
        at=left,
        key="_write_save",
        type="primary",
        on_click=_save,
        args=(view, held["account"]),
        icon=":material/save:",
        shortcut="Ctrl+Enter",
    )
    if draft.is_begun(held):
        buttons.button(
            t("write.drop"),
            at=right,
            key="_write_drop",
            on_click=_drop,
            args=(held,),
            type="tertiary",
            icon=":material/delete:",
        )


def _drop(held: dict) -> None:
    forget_outcome()
    draft.replace_draft(held, {})


def _save(view: View, account: str) -> None:
    """Write the entry. Whatever refuses it, the words stay."""
    held = draft.current_draft(view, account)
    saved = st.session_state.get(_SAVED)
    if saved and not draft.is_begun(held) and monotonic() - saved[1] < TWICE:
        return  # the second click of two: the first has written all there was
    forget_outcome()
    try:
        try:
            written = commands.log_action(
                current_log.store(), viewer.presented_bearer(), draft.draft_action(view, held)
            )
        except Refused as error:
            if error.code != "request_used":
                raise
            held["request_id"] = draft.blank_draft()["request_id"]
            written = commands.log_action(
                current_log.store(), viewer.presented_bearer(), draft.draft_action(view, held)
            )
    except InvalidRow as refusal:
        fields.set_field_errors(refusal.errors, held)
    except Changed as change:
        held["seen_rev"] = None
        st.session_state[_CHANGED] = change.seqs
        own = _authors(change.seqs) == {account}
        fields.set_form_error(t("write.changed_by_you" if own else f"error.{change.code}"))
    except MonitorError as error:
        sentence = public_sentence(error, language())
        fields.set_form_error(f"{md(sentence)} {t('write.kept_here')}")
    else:
        st.session_state[_SAVED] = written.seq, monotonic()
        st.session_state[_ENTRY] = written.action_id
        st.session_state[_ABOUT] = held["signatory_id"], held["measure"]
        screen.scroll_to_top()
        draft.set_fields(
            held, draft.blank_draft(signatory_id=held["signatory_id"], aside=held["aside"])
        )


def _authors(seqs) -> set[str]:
    with current_log.store().reading() as database:
        return {author for seq in seqs for author in backlog.find_entry(database, seq)["author"]}
