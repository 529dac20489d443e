"""What marks mean in a table of answers, such as « x », and words in one of statuses: said once for the
whole file, and remembered for the next one with the same titles."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from monitor.findings import Doubt, RowError
from monitor.i18n import join_first, plural
from monitor.intake import mark_key
from monitor.intake.alike import list_lines
from monitor.intake.cells import abbreviate_cell
from monitor.intake.mark_choices import MARK_CHOICES, may_be_mark
from monitor.ui.markdown import label_text, md
from monitor.ui.page_run import language, t
from monitor.ui.team import column_match
from monitor.ui.team.cell_mending import Fault
from monitor.ui.team.column_match import ColumnMatch
from monitor.ui.team.waiting_choices import add_choice

#: Marks that are asked about at once, and lines that are named of each.
SHOWN, LINES = 12, 3
#: Doubts of marks that are read as what they seem to mean.
_PRESUMED = ("mark_presumed", "minus_silent")
#: A mark may mean that nobody answered; and it may be left unsaid.
_SILENT, _UNSAID = "", "?"


class _Marked(NamedTuple):
    """Of a sort of table: the column of marks, what they may mean, and the messages: the title, the
    help, what a mark is that means none of these."""

    column: str
    codes: Sequence[str]
    title: str
    help: str
    none: str


_MARKED = {
    "answers": _Marked(
        "answer",
        MARK_CHOICES["answers"].codes,
        "import.marks",
        "import.marks_help",
        "answer.silent",
    ),
    "actions": _Marked(
        "status",
        MARK_CHOICES["actions"].codes,
        "import.statuses",
        "import.statuses_help",
        "import.no_status",
    ),
}


class _Asked(NamedTuple):
    """The marks that are asked about, by their keys: each as it is written, how many cells have it, and
    the refused ones of these."""

    marks: Mapping[str, str]
    counts: Mapping[str, int]
    refused: Mapping[str, Sequence[RowError]]


def asked_marks(
    found: ColumnMatch, content: str, faults: Sequence[Fault], doubts: Iterable[Doubt]
) -> Collection[str]:
    """The keys of the marks that `show_marks` asks about."""
    return _list_marks(found, content, faults, doubts).marks.keys()


def show_marks(
    found: ColumnMatch, content: str, faults: Sequence[Fault], doubts: Iterable[Doubt]
) -> None:
    """Ask what each mark means among the refused cells of a table of answers or of statuses, or that is
    presumed, and what an empty cell does; nothing where there is no mark. `found`: of the table, or of
    that of the signatories beside whom the answers stand."""
    marked, asked = _MARKED[content], _list_marks(found, content, faults, doubts)
    if not asked.marks:
        return
    st.markdown(f"**{t(marked.title)}**")
    st.caption(t(marked.help))
    columns = st.columns(3)
    for n, (key, mark) in enumerate([*asked.marks.items(), ("", "")]):
        with columns[n % len(columns)]:
            _ask(found, marked, mark, asked.counts.get(key, 0), asked.refused.get(key, ()))


def _list_marks(
    found: ColumnMatch, content: str, faults: Sequence[Fault], doubts: Iterable[Doubt]
) -> _Asked:
    given = {mark_key(mark): mark for mark in found.mending.marks if mark}
    refused: dict[str, list[RowError]] = {}
    for one in faults:
        if may_be_mark(content, one.why, one.value):
            refused.setdefault(mark_key(one.value), []).append(one.why)
    counts = Counter({key: len(some) for key, some in refused.items()})
    first = {mark_key(one.value): one.value for one in reversed(faults)}
    for presumed in [one for one in doubts if one.code in _PRESUMED]:
        first[mark_key(presumed.value)] = presumed.value
        counts[mark_key(presumed.value)] += int(dict(presumed.values)["n"])
    keys = [*given, *(key for key, _ in counts.most_common(SHOWN) if key not in given)]
    marks = {key: given.get(key) or first.get(key, "") for key in keys}
    return _Asked(marks, counts, refused)


def marks_in_words(content: str, marks: Mapping[str, str]) -> list[str]:
    """What somebody said that each mark means, in a table of answers, of people with theirs, or of
    statuses."""
    marked = _MARKED["actions" if content == "actions" else "answers"]
    return [
        t(
            "import.column_said",
            title=md(abbreviate_cell(mark)) or t("import.mark_empty"),
            column=_in_words(marked, meant),
        )
        for mark, meant in marks.items()
    ]


def _ask(
    found: ColumnMatch, marked: _Marked, mark: str, count: int, refused: Sequence[RowError]
) -> None:
    """One mark; "" is an empty cell, which is silence unless somebody says more."""
    label = t("import.mark_empty")
    if mark:
        label = t("import.mark", mark=label_text(abbreviate_cell(mark)))
    if count:
        label = f"{label} · {plural('import.mark_cells', count, language())}"
    if lines := join_first(list_lines(refused), LINES):
        label = f"{label}, {plural('import.mark_lines', len(refused), language(), lines=lines)}"
    options = [*marked.codes, _SILENT, *([_UNSAID] if mark else [])]
    key = f"{found.asked.key}_mark_{mark_key(mark)}"
    st.selectbox(
        label,
        options,
        options.index(found.mending.marks.get(mark, _UNSAID if mark else _SILENT)),
        format_func=lambda meant: _in_words(marked, meant),
        key=key,
        on_change=_choose,
        args=(found, mark, key),
    )


def _in_words(marked: _Marked, meant: str) -> str:
    if meant == _UNSAID:
        return t("import.mark_unsaid")
    return t(f"{marked.column}.{meant}") if meant else t(marked.none)


def _choose(found: ColumnMatch, mark: str, key: str) -> None:
    meant, mending = st.session_state.get(key), column_match.find_match(found.asked)
    marks = {one: meaning for one, meaning in mending.marks.items() if one != mark}
    if meant not in (None, _UNSAID) and (mark or meant):
        marks[mark] = meant
    add_choice(key)
    column_match.keep_match(found.asked, replace(mending, marks=marks))
