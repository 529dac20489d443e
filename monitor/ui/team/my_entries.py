"""One's own entries: what became of each, what a reviewer asks, and how to take one back."""

import streamlit as st

from monitor import commands, intake
from monitor.commands.more_sources import field_of_source, sources_given
from monitor.errors import MonitorError
from monitor.i18n import public_sentence
from monitor.models import Kind
from monitor.queries import team as backlog
from monitor.queries.notices import resumed_entries
from monitor.read import current_log, log_entries
from monitor.read.selection import View
from monitor.schema import EVIDENCE
from monitor.ui import buttons, screen, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team import detail, draft, form, notices
from monitor.ui.team.draft_sources import MORE_SOURCES


def show_my_entries(view: View, account: str) -> None:
    """The entries of an account, the new of what became of them first, and the files that were
    refused and not seen yet."""
    new = notices.mark_seen(view, account)
    with current_log.store().reading() as database:
        found = backlog.entries_of_account(database, account, view.log.pact.id)
        files = {one.seq: one for one in backlog.recent_files(database, view.log.pact.id)}
        again = resumed_entries(database, account)
    for one in new:
        if one.kind == "file_refused" and (file := files.get(one.seq)):
            sentence = t(
                "mine.file_refused",
                file=md(file.name),
                seq=file.seq,
                by=md(file.by or ""),
                reason=md(file.reason or ""),
            )
            st.warning(sentence, icon=":material/notifications:")
    if found.empty:
        st.info(t("mine.none"))
        return
    marked = {one.seq for one in new}
    found = found.assign(new=found["seq"].isin(marked))
    for entry in found.sort_values("new", ascending=False, kind="stable").itertuples():
        with st.container(border=True):
            _one(view, account, entry, again.get(entry.seq))


def _one(view: View, account: str, entry, again: int | None) -> None:
    state = detail.entry_state(entry)
    word = t("mine.overtaken" if state == "overtaken" else f"decision.{state}")
    badge = f":blue-badge[{t('mine.new')}] " if entry.new else ""
    st.markdown(f"{badge}**{word}** · {detail.entry_title(view, entry)}")
    st.markdown(detail.entry_line(entry, view, stated=False))
    if state in ("pending", "accepted") and (why := detail.why_absent(view, entry.signatory_id)):
        st.caption(why)
    if entry.decision and entry.review_reason:
        st.markdown(t("mine.reason", by=md(entry.reviewer), reason=md(entry.review_reason)))
    if state == "pending" or entry.new:
        show_conversation(view, entry.seq, open_still=state == "pending")
    if state == "refused":
        if again:
            st.caption(t("mine.resumed", seq=again))
        else:
            buttons.button(
                t("mine.resume"),
                key=f"_resume_{entry.seq}",
                on_click=resume_entry,
                args=(view, account, entry),
                icon=":material/edit:",
            )
    if state in ("pending", "accepted") and entry.kind != Kind.RETRACTION:
        left, right, _ = st.columns([1, 1, 3])
        buttons.button(
            t("mine.correct"),
            at=left,
            key=f"_correct_{entry.seq}",
            on_click=correct_entry,
            args=(view, account, entry),
        )
        buttons.button(
            t("mine.withdraw"),
            at=right,
            key=f"_withdraw_{entry.seq}",
            on_click=withdraw_entry,
            args=(view, account, entry),
        )


def resume_entry(view: View, account: str, entry) -> None:
    """From a callback: the form with the words of a refused entry, its reason of a correction too, to
    be written anew. Its reviewer will see what was refused, and why."""
    begin = {"reason": entry.reason or "", "supersedes": entry.supersedes or ""}
    _begin_with_words(view, account, entry, refused=True, resumes=int(entry.seq), **begin)


def correct_entry(view: View, account: str, entry) -> None:
    """From a callback: the form with the words of the entry, to be corrected with a reason."""
    _begin_with_words(view, account, entry, supersedes=entry.action_id)


def _begin_with_words(view: View, account: str, entry, refused: bool = False, **more) -> None:
    """The form with the words of an entry and `more`; a sentence, where they cannot be read."""
    try:
        words = _words(entry, refused)
    except MonitorError as error:
        set_error(entry.seq, error)
        return
    form.begin_form(view, account, **words, **more)


def _words(entry, refused: bool) -> dict[str, str]:
    """What the form holds of an entry: its own words and its further sources, those that were `refused`
    with it too."""
    words = {name: getattr(entry, name, None) or "" for name in draft.TYPED if name != "reason"}
    with current_log.store().reading() as database:
        more = sources_given(database, entry.pact_id, entry.action_id, refused=refused)
    for number, source in zip(MORE_SOURCES, more, strict=False):
        for name in EVIDENCE:
            words[field_of_source(name, number)] = getattr(source, name) or ""
    if draft.is_search(words):
        words["searched_on"] = words["happened_on"]
    return words


def withdraw_entry(view: View, account: str, entry) -> None:
    """From a callback: the form that takes the entry back, with a reason."""
    form.begin_form(
        view,
        account,
        signatory_id=entry.signatory_id,
        measure=entry.measure,
        kind=Kind.RETRACTION.value,
        happened_on=entry.happened_on,
        supersedes=entry.action_id,
    )


def show_conversation(view: View, seq: int, open_still: bool = True) -> None:
    """What a reviewer asked and the author answered, and a line to go on while nobody has decided."""
    with current_log.store().reading() as database:
        messages = backlog.entry_messages(database, seq)
    for author, sent_at, words in messages:
        when = detail.recorded_in_words(sent_at, view)
        st.markdown(f"**{md(author)}**, {when}{t('sentence.colon')}{md(words)}")
    if messages and open_still:
        field = f"_message_{seq}"
        st.text_input(t("mine.answer"), key=field, live="300ms", persist_state="session")
        buttons.button(t("mine.send"), key=f"_send_{seq}", on_click=send_words, args=(seq, field))
    show_notice(seq)


def send_words(seq: int, field: str) -> None:
    """From a callback: send the words of a field about an entry."""
    try:
        commands.send_message(
            current_log.store(), viewer.presented_bearer(), seq, st.session_state[field] or ""
        )
        st.session_state[field] = ""
    except MonitorError as error:
        set_error(seq, error)


def set_error(seq: int, error: MonitorError) -> None:
    """From a callback: what could not be done about an entry, to be said beside it."""
    errors = getattr(error, "errors", ())
    reasons = [intake.error_reason(one, language()) for one in errors]
    set_notice(seq, " ".join(reasons or [public_sentence(error, language())]))


def set_notice(seq: int, sentence: str) -> None:
    """A sentence for `show_notice` to show."""
    st.session_state[f"_failed_{seq}"] = sentence
    screen.look_at(f"refus{seq}")


def show_notice(seq: int) -> None:
    """What `set_error` kept, once."""
    if sentence := st.session_state.pop(f"_failed_{seq}", None):
        with screen.answer_here(f"refus{seq}"):
            st.error(md(sentence))


def begin_asked_correction(view: View, account: str) -> None:
    """An address that names an entry to correct: its words are put into the form."""
    asked = st.query_params.get("corrige", "")
    if not asked:
        return
    seq = log_entries.entry_number_in(asked)
    with current_log.store().reading() as database:
        found = backlog.find_entry(database, seq)
    entry = next(found.itertuples(), None)
    if entry is None or not (view.state.is_public(seq) or entry.author == account):
        st.warning(t("log.no_such_entry", entry=md(asked[:40])))
        return
    st.info(t("mine.correct_asked", seq=seq))
    left, right, _ = st.columns([1, 1, 3])
    for label, at, begin in (
        ("mine.correct", left, correct_entry),
        ("mine.withdraw", right, withdraw_entry),
    ):
        buttons.button(
            t(label), at=at, key=f"_asked_{label}", on_click=begin, args=(view, account, entry)
        )
