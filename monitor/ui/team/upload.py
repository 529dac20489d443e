"""Bring a file in: see what would become of it, confirm."""

from dataclasses import replace
from uuid import uuid4

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from monitor import commands
from monitor.errors import MonitorError
from monitor.i18n import number
from monitor.intake import Mending
from monitor.intake.uploads import FILE_MEGABYTES
from monitor.models import RowOutcome
from monitor.read import current_log
from monitor.read.selection import View
from monitor.schema import FILES
from monitor.ui import buttons, viewer
from monitor.ui.frame import pact_titles
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.team import (
    cell_mending,
    column_match,
    column_questions,
    my_entries,
    people_upload,
    target,
    templates,
    title_place,
    waiting_choices,
)
from monitor.ui.team.brought_table import BroughtTable
from monitor.ui.team.import_preview import Preview, read_preview, show_confirm
from monitor.ui.team.import_result import show_preview
from monitor.ui.team.people_upload import PEOPLE_WITH_ANSWERS
from monitor.ui.team.refused_titles import refuse_titles

CONTENTS = ("actions", *(file for file in FILES if file != "actions"))
_PREVIEW, _DONE = "_import_preview", "_import_done"
#: What was confirmed by a click, and is done while the page says so.
_TO_LOAD = "_import_to_load"
_CHOSEN = "_import_chosen"
#: The file that was brought last, as long as the session: another page may be looked at meanwhile.
_KEPT = "_import_file"
#: What the file holds, and whether somebody has said so.
_CONTENT, _SAID = "_import_content", "_import_content_said"
#: Where the failure of an import is said.
HERE = -1


def show_upload(view: View) -> None:
    """Upload, preview, confirm. Nothing is written before « confirm »."""
    _load_confirmed(view)
    if not target.pact_of_file(view):
        st.session_state.pop(_PREVIEW, None)
        return
    content = _ask_content(view)
    # Another one after each file, and in each session: what another server held is not shown here.
    chosen = st.session_state.setdefault(_CHOSEN, uuid4().hex)
    file = _ask_file(view, chosen)
    if file is None:
        st.session_state.pop(_PREVIEW, None)
        st.info(t("import.empty"))
        return
    newer, strict = _ask_how(chosen)
    if content == PEOPLE_WITH_ANSWERS:
        people_upload.show_preview(view, *file, newer, strict)
        return
    _show_table(view, content, file, newer, strict)


def _load_confirmed(view: View) -> None:
    """Write what was confirmed by a click, and say what is in."""
    if confirmed := st.session_state.pop(_TO_LOAD, None):
        with st.spinner(t("import.writing", file=md(confirmed.name))):
            _load(view, confirmed)
    if name := people_upload.load_confirmed():
        _end(view, view.log.pact.id, name)
    if done := st.session_state.pop(_DONE, None):
        st.success(done)


def _ask_content(view: View) -> str:
    """What the file holds, and a template of it."""
    choices = (*CONTENTS, PEOPLE_WITH_ANSWERS)
    words = {content: t(f"import.{content}") for content in choices}
    content = st.selectbox(
        t("import.content"),
        choices,
        format_func=words.__getitem__,
        key=_CONTENT,
        on_change=_say_content,
        persist_state="session",
    )
    templates.show_templates(view, "answers" if content == PEOPLE_WITH_ANSWERS else content)
    return content


def _ask_file(view: View, chosen: str) -> tuple[str, bytes] | None:
    """(name, content) of the file, None before there is one."""
    field = st.file_uploader(
        t("import.file", limit=FILE_MEGABYTES),
        type=["csv", "xlsx"],
        key=f"_import_{chosen}",
        max_upload_size=FILE_MEGABYTES,
        on_change=_guess_content,
        args=(view, f"_import_{chosen}"),
    )
    return _brought_file(field, view.log.pact.id)


def _ask_how(chosen: str) -> tuple[bool, bool]:
    """(whether the file is newer than the log, whether a doubt keeps it out)."""
    newer, strict = (
        st.checkbox(
            t(f"import.{how}"),
            key=f"_import_{how}_{chosen}",
            help=t(f"import.{how}_help"),
            persist_state="session",
        )
        for how in ("newer", "strict")
    )
    return newer, strict


def _show_table(
    view: View, content: str, file: tuple[str, bytes], newer: bool, strict: bool
) -> None:
    """How a table is read, what would become of its rows, and what confirms it."""
    file_name, data = file
    brought = BroughtTable(view.log.pact.id, view.pact, content, data)
    place = title_place.show_title_place(brought)
    found = column_match.match_columns(brought, place)
    asked = st.container()  # what is unknown is known once the file is read
    purpose = cell_mending.purpose_of(view.log.pact.id, content, data, place.sheet)
    cells = cell_mending.held_cells(purpose)
    matched = found.mending if found else Mending()
    mending = replace(matched, sheet=place.sheet, first=place.first, cells=cells)
    name = f"{file_name} · {place.sheet}" if place.sheet else file_name
    wanted = Preview(name, content, view.log.pact.id, data, newer, strict, mending)
    body, bar = st.container(), waiting_choices.choices_bar()
    held = _read_once(wanted, bar)
    if found:
        if held:
            found = refuse_titles(found, held.errors, place, held.mending)
        with asked:
            column_questions.show_column_match(found)
    if held is not None:
        with body:
            show_preview(view, held, found)
        with bar:
            _decide(view, held)
        my_entries.show_notice(HERE)


def _read_once(wanted: Preview, bar: DeltaGenerator) -> Preview | None:
    """What would become of the file, from the run before where nothing else is asked; None where its
    reading is given up."""
    held = st.session_state.get(_PREVIEW)
    if held is None or not (held.asked == wanted.asked or _waits(held, wanted)):
        waiting_choices.end_waiting()
        with bar:
            held = read_preview(wanted, _give_up)
        st.session_state[_PREVIEW] = held
    return held


def _brought_file(field: UploadedFile | None, pact_id: str) -> tuple[str, bytes] | None:
    """(name, content) of the file in the field, else of the one that was brought for this pact before
    another page was looked at, which is said."""
    if field:
        file = (field.name, field.getvalue())
        st.session_state[_KEPT] = (pact_id, file)
        return file
    kept_for, file = st.session_state.get(_KEPT, ("", None))
    if file is None or kept_for != pact_id:
        return None
    st.markdown(t("import.kept", name=md(file[0])))
    return file


def _waits(held: Preview, wanted: Preview) -> bool:
    """Whether the file differs from what was read by nothing but choices that wait."""
    same = replace(wanted, mending=held.mending)
    return waiting_choices.count_choices() > 0 and same.asked == held.asked


def _say_content() -> None:
    """From a callback: somebody has said what the file holds."""
    st.session_state[_SAID] = True


def _guess_content(view: View, key: str) -> None:
    """From a callback: what is in the field counts from now on; what it holds is guessed by its titles,
    where nobody has said it."""
    st.session_state.pop(_KEPT, None)
    file = st.session_state.get(key)
    if file is None or st.session_state.get(_SAID):
        return
    data = file.getvalue()
    with current_log.store().reading() as database:
        guessed = commands.guess_content(database, view.pact, data, CONTENTS)
        if guessed in ("answers", "signatories") and commands.holds_people_with_answers(
            database, view.pact, data
        ):
            guessed = PEOPLE_WITH_ANSWERS
    if guessed:
        st.session_state[_CONTENT] = guessed


def _read_both() -> None:
    """From a callback: the table is read for the people and their answers."""
    st.session_state[_CONTENT], st.session_state[_SAID] = PEOPLE_WITH_ANSWERS, True


def _give_up() -> None:
    """From a callback: the file is not read further, and the page waits for another."""
    for name in (_CHOSEN, _KEPT, _SAID):
        st.session_state.pop(name, None)


def _decide(view: View, held: Preview) -> None:
    """« Confirm », or why there is none: what waits to be read, what is doubted or refused."""
    if waiting_choices.show_choices():
        return
    new = held.outcomes[RowOutcome.CREATED] + held.outcomes[RowOutcome.CORRECTED]
    is_beside = any(doubt.code == "answers_beside" for doubt in held.doubts)
    if is_beside and held.outcomes[RowOutcome.CREATED]:
        # Without their answers, people would be said to have signed every measure.
        st.error(t("import.people_without_answers"))
        buttons.button(
            t("import.read_both"),
            key="_import_read_both",
            type="primary",
            on_click=_read_both,
            icon=":material/merge:",
        )
    elif held.strict and held.doubt_count:
        st.warning(t("import.strict_doubts"))
    elif held.refused and new and not held.unread:
        buttons.button(
            t("import.confirm_good", n=number(new, view.lang)),
            key="_import_confirm",
            on_click=_confirm,
            args=(held,),
            icon=":material/check:",
            help=t("import.good_help"),
        )
    elif held.refused:
        pass
    elif new:
        show_confirm("_import_confirm", new, _confirm, held, "import.then")
    elif any(held.outcomes.values()):
        st.info(t("import.unchanged"))


def _confirm(held: Preview) -> None:
    st.session_state[_TO_LOAD] = held


def _load(view: View, held: Preview) -> None:
    """Load the file for good, if the log is still the one that was shown. Nothing of the page is
    touched meanwhile: a second click would end the run there."""
    try:
        report = commands.load(
            current_log.store(),
            held.content,
            held.open_table(),
            pact_id=held.pact_id,
            name=held.name,
            who=viewer.presented_bearer(),
            expected=held.outcomes,
            newer=held.newer,
            strict=held.strict,
            skip_rejected=True,  # the button says how many rows are left out
        )
    except MonitorError as error:
        my_entries.set_error(HERE, error)
        return
    st.session_state.pop(_PREVIEW, None)
    if report.loaded:
        _end(view, held.pact_id, held.name)
        cell_mending.forget_mended_cells(held.purpose)
    else:
        my_entries.set_notice(HERE, t("import.changed"))


def _end(view: View, pact_id: str, name: str) -> None:
    """The file is in: the page waits for another."""
    title = pact_titles(view)[pact_id]
    st.session_state[_DONE] = t("import.done", file=md(name), pact=md(title))
    _give_up()
