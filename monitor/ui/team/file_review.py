"""A file is reviewed row by row: what changes a status is read, the rest is accepted together, and what
is not read is not accepted."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from monitor.accounts import Account
from monitor.errors import MonitorError
from monitor.i18n import number, plural
from monitor.queries import team as backlog
from monitor.queries.file_rows import mended_cells
from monitor.read import current_log
from monitor.read.selection import View
from monitor.table_rows import PersonRow, read_rows
from monitor.ui import buttons, figures, paging, screen
from monitor.ui.address import choose_value, write_address
from monitor.ui.frame import pact_titles
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.team import (
    cell_mending,
    doubt_lists,
    file_decision,
    file_marks,
    file_words,
    files,
    my_entries,
    register_names,
)
from monitor.ui.team.file_rows import FileRow, file_doubts, rows_of_file

#: Rows read at once: entries with their words, and lines of a table.
PAGE, LINES = 20, 100
#: The lists of a file, and what each keeps; the first is what is left to read.
LISTS: dict[str, Callable[[FileRow], bool]] = {
    "lire": lambda row: row.to_read,
    "baisses": lambda row: row.lowers,
    "changements": lambda row: row.changes,
    "corrections": lambda row: row.old is not None,
    "doutes": lambda row: row.doubtful,
    "sources": lambda row: row.new_source,
    "toutes": lambda row: True,
}


def show_file_review(
    view: View, account: Account, file: backlog.File, other: backlog.File | None = None
) -> None:
    """The rows of a file that waits, and the decision about it as a whole; `other`: and about the one
    that came of the same table."""
    buttons.button(
        t("review.back"),
        key="_file_back",
        on_click=file_decision.leave_file,
        type="tertiary",
        icon=":material/arrow_back:",
    )
    st.header(md(file.name))
    pact = md(pact_titles(view)[view.log.pact.id])
    st.markdown(f"{t('target.pact', pact=pact)}  \n{files.file_in_words(view, file)}")
    file_decision.decide_as_asked(view, file, other)
    with st.spinner(t("import.reading")):  # once for a head of the log
        every = rows_of_file(view, file, other)
    unread = file_marks.unread_rows(account, file, every)
    both, left = [*every], [*unread]
    if other:
        with st.spinner(t("import.reading")):
            others = rows_of_file(view, other, file)
        to_read = file_marks.unread_rows(account, other, others)
        both, left = [*every, *others], [*unread, *to_read]
        _show_other(view, other, len(to_read))
    st.markdown(_counts(view, every))
    if overtaken := sum(row.overtaken for row in every):
        st.warning(plural("review.rows_overtaken", overtaken, view.lang), icon=":material/update:")
    _show_mended(view, file)
    if file.content in ("signatories", "mandates"):
        about = {row.values["signatory_id"] for row in every}
        register_names.show_register_names(file, about)
    found = file_doubts(view, file)
    of_file = [*found.get(None, ())]
    if not unread:  # the rows are not on the page any more
        of_file += [doubt for line, some in found.items() if line is not None for doubt in some]
    doubt_lists.show_doubts(of_file, len(of_file), view.lang, file.content)
    if file.content != "actions" and (corrections := file_words.corrections_in_words(file, every)):
        doubt_lists.show_changes(view, file.content, corrections)
    _list(view, file, every, unread, file_words.name_new_people(view, both))
    file_decision.show_decision(view, file, both, left)


def _show_other(view: View, other: backlog.File, unread: int) -> None:
    """What else the table brought, and the way there."""
    rows = plural("import.rows", other.rows, view.lang)
    with st.container(border=True):
        st.markdown(t("review.other_part", content=t(f"import.{other.content}"), rows=rows))
        buttons.button(
            plural("review.open_other_part", unread, view.lang),
            key="_file_other",
            on_click=_open_other,
            args=(other.seq,),
            icon=":material/swap_horiz:",
        )


def _open_other(seq: int) -> None:
    """From a callback."""
    write_address(fichier=str(seq), lignes=None, page=None, de=None)
    screen.scroll_to_top()


def _show_mended(view: View, file: backlog.File) -> None:
    """The cells that whoever brought the file had mended on the page."""
    with current_log.store().reading() as database:
        mended = mended_cells(database, file.seq)
    if mended:
        st.markdown(cell_mending.count_mended(mended, "review.mended"))
        cell_mending.show_mended_cells(file.content, mended)


def _counts(view: View, every: Sequence[FileRow]) -> str:
    lowering = [row for row in every if row.lowers]
    lists = {
        "published": [row for row in every if row.published],
        "lowers": lowering,
        "others" if lowering else "changes": [r for r in every if r.changes and not r.lowers],
        "corrected": [row for row in every if row.old is not None and not row.overtaken],
        "doubtful": [row for row in every if row.doubtful],
        "grouped": [row for row in every if not row.to_read],
    }
    counts = [plural("review.rows_all", len(every), view.lang)]
    counts += [
        plural(f"review.rows_{name}", len(some), view.lang) for name, some in lists.items() if some
    ]
    return " · ".join(counts)


def _list(
    view: View,
    file: backlog.File,
    every: Sequence[FileRow],
    unread: Sequence[FileRow],
    names: Mapping[str, str],
) -> None:
    """The list that is chosen, page by page, with the button that says that the page was read."""
    counts = {name: sum(map(keeps, every)) for name, keeps in LISTS.items()}
    counts["lire"] = len(unread)
    words = {
        name: f"{t(f'review.list_{name}')} ({number(count, view.lang)})"
        for name, count in counts.items()
        if count or name in ("lire", "toutes")
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = paging.choose_order("lignes", t("review.lists"), words)
        authors = sorted({row.values.get("recorded_by", "") for row in every} - {""})
        wanted = st.query_params.get("de", "")
        if len(authors) > 1:
            choose_value(
                "de",
                t("review.from"),
                authors,
                {name: name for name in authors},
                wanted if wanted in authors else None,
                t("review.from_all"),
            )
    some = unread if chosen == "lire" else [row for row in every if LISTS[chosen](row)]
    if file.content != "actions":  # of these a row goes on from those above it
        some = sorted(some, key=lambda row: row.old is None)
    if wanted in authors:
        some = [row for row in some if row.values.get("recorded_by") == wanted]
    if not some:
        st.success(t("review.all_read" if chosen == "lire" else "review.no_row"))
        return
    size = PAGE if file.content == "actions" else LINES
    page = some[paging.page_of(len(some), size)]
    _show_rows(view, file, page, names)
    left = [row for row in page if row in unread] if chosen != "lire" else page
    if left:
        buttons.button(
            plural("review.mark_read", len(left), view.lang),
            key="_file_read",
            type="primary",
            on_click=_mark,
            args=(file, [(row.seq, row.effect) for row in left]),
            icon=":material/done_all:",
        )
    my_entries.show_notice(file.seq)


def _show_rows(
    view: View, file: backlog.File, page: Sequence[FileRow], names: Mapping[str, str]
) -> None:
    """Entries with their words, the rows of another file as a table."""
    if file.content != "actions":
        table = file_words.file_table(view, file, page, names)
        figures.show_words(figures.table_texts(table), "lignes")
        return
    everybody, named = view.everybody, {row.values["signatory_id"] for row in page}
    own = read_rows(PersonRow, everybody[everybody["signatory_id"].isin(named)])
    people = {one.signatory_id: one for one in own}
    targets = _superseded(view, page)
    for row in page:
        who, target = row.values["signatory_id"], targets.get(row.values["supersedes"])
        with st.container(border=True):
            st.markdown(file_words.action_in_words(view, row, people.get(who), target))


def _superseded(view: View, page: Sequence[FileRow]) -> dict[str, int | None]:
    """The entries that rows correct or withdraw, by the ids that they give."""
    wanted = {row.values["supersedes"] for row in page} - {""}
    with current_log.store().reading() as database:
        return {one: backlog.first_of(database, view.log.pact.id, one) for one in wanted}


def _mark(file: backlog.File, seen: Sequence[tuple[int, str]]) -> None:
    """From a callback: these rows were read."""
    try:
        file_marks.mark_rows(file, seen)
    except MonitorError as error:
        my_entries.set_error(file.seq, error)
        return
    write_address(page=None)
    screen.scroll_to_top()
