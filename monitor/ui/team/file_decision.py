"""The decision about a file as a whole: asked by a click, and done while the page says so."""

from collections.abc import Sequence

import streamlit as st

from monitor import commands
from monitor.errors import Changed, MonitorError
from monitor.i18n import plural, public_sentence
from monitor.models import Decision
from monitor.queries import team as backlog
from monitor.read import current_log
from monitor.read.selection import View
from monitor.ui import buttons, screen, viewer
from monitor.ui.address import write_address
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team import file_marks, files, my_entries
from monitor.ui.team.file_rows import FileRow, rows_of_file

#: What was asked by a click, and is done while the page says so.
_TO_DECIDE = "_file_to_decide"


def decide_as_asked(view: View, file: backlog.File, other: backlog.File | None) -> None:
    """What the last click asked of a file, and the list of files; nothing without one. `other`: the file
    that came of the same table."""
    asked = st.session_state.pop(_TO_DECIDE, None)
    if asked and asked[0] == file:  # not of another that somebody else has decided of meanwhile
        with st.spinner(t("review.deciding")):
            _decide(view, other, *asked)


def leave_file() -> None:
    """Back to the list of the files that wait."""
    write_address(fichier=None, lignes=None, page=None, de=None)
    screen.scroll_to_top()


def show_decision(
    view: View, file: backlog.File, every: Sequence[FileRow], unread: Sequence[FileRow]
) -> None:
    """The two buttons. A file is accepted once nothing of it is left to read, and whoever reads has
    agreed to what is taken together. `every`: its rows, and those that came of the same table."""
    st.subheader(t("review.decision"), divider="gray")
    together = sum(not row.to_read for row in every)
    agreed = True
    if absent := [row.seq for row in every if row.absence]:
        rows_named = commands.abbreviate_entries(absent)
        st.error(t("error.file_says_retracted", rows=rows_named), icon=":material/person_off:")
        agreed = False
    elif unread:
        st.info(plural("review.left_to_read", len(unread), view.lang), icon=":material/menu_book:")
    elif together:
        agreed = st.checkbox(
            plural("review.together", together, view.lang), key=f"_file_together_{file.seq}"
        )
    field = f"_review_file_{file.seq}"
    st.text_input(t("review.words_file"), key=field, live="300ms", persist_state="session")
    with st.container(horizontal=True):
        buttons.button(
            t("review.accept_file"),
            key=f"_file_{Decision.ACCEPTED}_{file.seq}",
            type="secondary" if unread or not agreed else "primary",
            on_click=_ask,
            args=(file, Decision.ACCEPTED, field),
            icon=":material/check:",
            disabled=bool(unread) or not agreed,
        )
        buttons.button(
            t("review.refuse_file"),
            key=f"_file_{Decision.REFUSED}_{file.seq}",
            on_click=_ask,
            args=(file, Decision.REFUSED, field),
            icon=":material/close:",
        )


def _ask(file: backlog.File, decision: Decision, field: str) -> None:
    st.session_state[_TO_DECIDE] = (file, decision, st.session_state.get(field) or "")


def _decide(
    view: View, other: backlog.File | None, file: backlog.File, decision: Decision, words: str
) -> None:
    """Decide of a file, and show the log with it: that takes the longest. Nothing of the page is
    touched meanwhile: a second click would end the run there."""
    if decision is Decision.ACCEPTED:
        account = viewer.signed_in_account()
        pairs = [(file, other), (other, file)] if other else [(file, None)]
        if any(
            file_marks.unread_rows(account, one, rows_of_file(view, one, beside))
            for one, beside in pairs
        ):
            my_entries.set_notice(file.seq, t("review.changed_meanwhile"))
            return
    try:
        commands.review_load(
            current_log.store(), viewer.presented_bearer(), file.seq, decision, words
        )
    except Changed as error:
        sentence = public_sentence(error, language())
        files.set_file_notice("late", f"{md(file.name)}{t('sentence.colon')}{md(sentence)}")
    except MonitorError as error:
        my_entries.set_error(file.seq, error)
        return
    else:
        sentence = t(f"review.file_{decision}", file=md(file.name), seq=file.seq)
        files.set_file_notice("done", sentence)
        current_log.current_snapshot(fresh=True)
    leave_file()
    st.rerun()
