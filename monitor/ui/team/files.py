"""Files: bring one in, see what would become of it, confirm; decide of one, take one back."""

import io
from collections import Counter
from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from monitor import commands, intake
from monitor.accounts import Account
from monitor.columns import COLUMNS
from monitor.errors import Changed, MonitorError
from monitor.i18n import join, number, plural, text
from monitor.models import WRITABLE, Decision, Kind, Role, RowError, RowOutcome, SourceKind
from monitor.queries import team as backlog
from monitor.ui import figures, person, press
from monitor.ui.team import beside, mine
from monitor.ui.view import language, t
from monitor.ui.words import md
from monitor.views import session
from monitor.views.view import View

CONTENTS = ("actions", "signatories", "mandates", "areas")
#: Rows shown of each outcome; the counts are those of the whole file.
SHOWN = 200
_PREVIEW, _DONE = "_import_preview", "_import_done"
#: What was asked by a click, and is done while the page says so.
_TO_LOAD, _TO_DECIDE = "_import_to_load", "_file_to_decide"
#: What a file became, said once where the file may stand no more.
_DECIDED = "_file_decided"
#: Where the failure of an import is said.
HERE = -1


@dataclass
class Preview:
    """What would become of a file, row by row."""

    name: str
    content: str
    pact_id: str
    data: bytes
    outcomes: Counter = field(default_factory=Counter)
    rows: dict[RowOutcome, list[tuple]] = field(default_factory=dict)
    rejects: str = ""

    @property
    def refused(self) -> int:
        return self.outcomes[RowOutcome.REJECTED] + self.outcomes[RowOutcome.CONFLICT]

    @property
    def correctable(self) -> bool:
        """Whether a refused row holds anything: else it is the whole file that cannot be read."""
        return any(any(cells) for outcome in (RowOutcome.REJECTED, RowOutcome.CONFLICT)
                   for _, cells, _ in self.rows.get(outcome, ()))  # fmt: skip

    def keep(self, line: int, outcome: RowOutcome, cells, errors) -> None:
        rows = self.rows.setdefault(outcome, [])
        if len(rows) < SHOWN:
            rows.append((line, tuple(cell or "" for cell in cells), tuple(errors)))


def bring(view: View) -> None:
    """Upload, preview, confirm. Nothing is written before « confirm »."""
    if confirmed := st.session_state.pop(_TO_LOAD, None):
        with st.spinner(t("import.writing", file=md(confirmed.name)), show_time=True):
            _load(confirmed)
    if done := st.session_state.pop(_DONE, None):
        st.success(done)
    words = {content: t(f"import.{content}") for content in CONTENTS}
    content = st.selectbox(t("import.content"), CONTENTS, format_func=words.get)
    st.caption(t("import.columns", columns=", ".join(COLUMNS[content])))
    if content == "actions":
        with st.expander(t("import.codes")):
            for name, codes, words in (
                ("status", [status.value for status in WRITABLE], "status"),
                ("kind", [kind.value for kind in Kind], "kind"),
                ("source_kind", [kind.value for kind in SourceKind], "source_kind"),
            ):
                said = ", ".join(f"`{code}` ({t(f'{words}.{code}')})" for code in codes)
                st.markdown(f"**{name}** : {said}")
            st.caption(t("import.dates"))
    file = st.file_uploader(t("import.file"), type=["csv", "xlsx"], key="_import_file",
                            max_upload_size=5)  # fmt: skip
    if file is None:
        st.session_state.pop(_PREVIEW, None)
        st.info(t("import.empty"))
        return
    held = st.session_state.get(_PREVIEW)
    data = file.getvalue()
    wanted = (file.name, content, view.log.pact.id, data)
    if held is None or (held.name, held.content, held.pact_id, held.data) != wanted:
        held = _preview(*wanted)
        st.session_state[_PREVIEW] = held
    if held is not None:
        _show(view, held)


def _preview(name: str, content: str, pact_id: str, data: bytes) -> Preview | None:
    """A dry run of the very load, with its progress."""
    found, rejects = Preview(name, content, pact_id, data), io.StringIO()
    bar = st.progress(0.0, t("import.reading"))
    lines = max(1, data.count(b"\n"))
    try:
        report = commands.load(
            session.store(), content, io.BytesIO(data), pact_id=pact_id, name=name, dry_run=True,
            rejects=rejects, who=person.presented(), on_row=found.keep,
            progress=lambda done: bar.progress(min(1.0, done / lines), t("import.reading")),
        )  # fmt: skip
    except MonitorError as error:
        st.error(md(text(f"error.{error.code}", language(), **error.values)))
        return None
    finally:
        bar.empty()
    found.outcomes, found.rejects = report.outcomes, rejects.getvalue()
    return found


def _show(view: View, held: Preview) -> None:
    counts = " · ".join(
        plural(f"row_outcome.{outcome}", held.outcomes[outcome], view.lang)
        for outcome in RowOutcome
        if held.outcomes[outcome]
    )
    st.header(t("import.preview", file=md(held.name)))
    st.markdown(f"**{counts or t('import.nothing')}**")
    for outcome in reversed(RowOutcome):
        _rows(view, held, outcome)
    new = held.outcomes[RowOutcome.CREATED] + held.outcomes[RowOutcome.CORRECTED]
    if held.refused:
        st.warning(t("import.refused" if held.correctable else "import.unreadable"))
    if held.refused and held.correctable:
        st.download_button(
            t("import.rejects"), data=("\ufeff" + held.rejects).encode(), mime="text/csv",
            file_name=f"refus-{held.name.rsplit('.', 1)[0]}.csv", on_click="ignore",
            icon=":material/download:",
        )  # fmt: skip
    if held.refused and new:
        press.button(t("import.confirm_good", n=number(new, view.lang)), key="_import_confirm",
                     on_click=_confirm, args=(held,), icon=":material/check:",
                     help=t("import.good_help"))  # fmt: skip
    elif held.refused:
        pass
    elif new:
        press.button(t("import.confirm", n=number(new, view.lang)), key="_import_confirm",
                     type="primary", on_click=_confirm, args=(held,),
                     icon=":material/check:")  # fmt: skip
        st.caption(t("import.then"))
    else:
        st.info(t("import.unchanged"))
    mine.failed(HERE)


def _rows(view: View, held: Preview, outcome: RowOutcome) -> None:
    rows = held.rows.get(outcome, [])
    if not rows:
        return
    count = held.outcomes[outcome]
    faulty = outcome in (RowOutcome.REJECTED, RowOutcome.CONFLICT)
    title = plural(f"row_outcome.{outcome}", count, view.lang)
    with st.expander(title, expanded=faulty):
        if faulty:
            for said in _faults([error for _, _, errors in rows for error in errors], view.lang):
                st.markdown(md(said))
        else:
            names = COLUMNS[held.content]
            used = [n for n, _ in enumerate(names) if any(cells[n] for _, cells, _ in rows)]
            table = [(str(line), *(cells[n] for n in used)) for line, cells, _ in rows]
            columns = [t("import.line"), *(names[n] for n in used)]
            figures.show_table(figures.texts(pd.DataFrame(table, columns=columns)))
        if count > len(rows):
            st.caption(plural("import.more", count - len(rows), view.lang))


#: Faults of a header: what they say of several columns at once.
_OF_COLUMNS = ("unknown_column", "missing_column")


def _faults(errors: list[RowError], lang: str) -> list[str]:
    """A sentence each; the columns that are not expected in one, those that are missing in another:
    each of them lists all that are known."""
    found = {}
    for code in _OF_COLUMNS:
        alike = [error for error in errors if error.code == code]
        if len(alike) > 1:
            names = join([error.column for error in alike], lang)
            found[code] = text(f"import.{code}s", lang, columns=names, **dict(alike[0].values))
    single = [intake.sentence(error, lang) for error in errors if error.code not in found]
    return [*found.values(), *single]


def _confirm(held: Preview) -> None:
    st.session_state[_TO_LOAD] = held


def _load(held: Preview) -> None:
    """Load the file for good, if the log is still the one that was shown. Nothing of the page is
    touched meanwhile: a second click would end the run there."""
    try:
        report = commands.load(
            session.store(), held.content, io.BytesIO(held.data), pact_id=held.pact_id,
            name=held.name, who=person.presented(), expected=held.outcomes,
            skip_rejected=True,  # the button says how many rows are left out
        )  # fmt: skip
    except MonitorError as error:
        mine.fail(HERE, error)
        return
    st.session_state.pop(_PREVIEW, None)
    if report.loaded:
        st.session_state[_DONE] = t("import.done", file=md(held.name))
        st.session_state.pop("_import_file", None)
    else:
        mine.say(HERE, t("import.changed"))


def decide(view: View, account: Account) -> None:
    """Files that wait for a second person."""
    if asked := st.session_state.pop(_TO_DECIDE, None):
        with st.spinner(t("review.deciding"), show_time=True):
            _review(*asked)
    if said := st.session_state.pop(_DECIDED, None):
        kind, words = said
        (st.success if kind == "done" else st.warning)(words)
    waiting = [one for one in _files(view) if one.state == "pending" and one.author != account.name]
    if not waiting:
        return
    st.header(plural("review.files", len(waiting), view.lang), divider="gray")
    for one in waiting:
        with st.container(border=True):
            st.markdown(_said(view, one))
            _sample(view, one)
            field = f"_review_file_{one.seq}"
            st.text_input(t("review.words_file"), key=field, live="300ms", persist_state="session")
            mine.failed(one.seq)
            left, right, _ = st.columns([1, 1, 2])
            for at, label, decision in (
                (left, "review.accept", Decision.ACCEPTED),
                (right, "review.refuse", Decision.REFUSED),
            ):
                press.button(
                    t(label), at=at, key=f"_file_{decision}_{one.seq}", on_click=_decide,
                    type="primary" if decision is Decision.ACCEPTED else "secondary",
                    args=(one.seq, one.name, decision, field),
                )  # fmt: skip


def _decide(seq: int, name: str, decision: Decision, field: str) -> None:
    words = st.session_state.get(field) or ""
    st.session_state[_TO_DECIDE] = (seq, name, decision, words)


def _review(seq: int, name: str, decision: Decision, words: str) -> None:
    """Decide of a file, and show the log with it: that takes the longest. Nothing of the page is
    touched meanwhile (see `_load`)."""
    try:
        commands.review_load(session.store(), person.presented(), seq, decision, words)
    except Changed as error:  # it stands no more in the list
        said = t(f"error.{error.code}", **error.values)
        st.session_state[_DECIDED] = ("late", f"{md(name)}{t('sentence.colon')}{md(said)}")
    except MonitorError as error:
        mine.fail(seq, error)
    else:
        said = t(f"review.file_{decision}", file=md(name), seq=seq)
        st.session_state[_DECIDED] = ("done", said)
        session.current_snapshot(fresh=True)


def _sample(view: View, one: backlog.File) -> None:
    """The first rows that the file brought, as they are in the log."""
    with session.store().reading() as database:
        rows = backlog.rows_of(database, one.seq, one.content, SHOWN)
    table = pd.DataFrame(rows, columns=COLUMNS[one.content]).fillna("").astype(str)
    used = [name for name in table.columns if table[name].any()]
    with st.expander(t("review.rows", n=number(one.rows, view.lang))):
        st.dataframe(table[used], hide_index=True)
        if one.rows > len(table):
            st.caption(plural("import.more", one.rows - len(table), view.lang))


def past(view: View, account: Account) -> None:
    """The files of the pact, newest first, and the way to take one back."""
    st.header(t("import.past"), divider="gray")
    found = _files(view)
    if not found:
        st.caption(t("import.no_file"))
    for one in found:
        with st.container(border=True):
            st.markdown(_said(view, one))
            if one.reason:
                st.markdown(t("mine.reason", by=md(one.by or ""), reason=md(one.reason)))
            own = one.author == account.name and one.state == "pending"
            if one.state in ("pending", "accepted") and (
                own or account.role.includes(Role.REVIEWER)
            ):
                _withdraw(one)


def _withdraw(one: backlog.File) -> None:
    with st.expander(t("import.withdraw")):
        st.markdown(t("import.withdraw_help"))
        name = f"_withdraw_reason_{one.seq}"
        st.text_input(t("write.reason_withdraw"), key=name, live="300ms", persist_state="session")
        mine.failed(one.seq)
        press.button(t("import.withdraw"), key=f"_withdraw_file_{one.seq}", on_click=_take_back,
                     args=(one.seq, name))  # fmt: skip


def _take_back(seq: int, name: str) -> None:
    reason = st.session_state.get(name) or ""
    try:
        commands.withdraw_load(session.store(), person.presented(), seq, reason)
    except MonitorError as error:
        mine.fail(seq, error)


def _files(view: View) -> list[backlog.File]:
    with session.store().reading() as database:
        return backlog.files(database, view.log.pact.id)


def _said(view: View, one: backlog.File) -> str:
    return t(
        "import.file_line",
        state=t(f"decision.{one.state}"), file=md(one.name), content=t(f"import.{one.content}"),
        rows=plural("import.rows", one.rows, view.lang), author=md(one.author), seq=one.seq,
        when=beside.when(one.recorded_at, view),
    )  # fmt: skip
