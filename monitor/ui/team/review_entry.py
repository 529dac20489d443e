"""What a reviewer reads of an entry: what it says at the left, what it would change at the right."""

from datetime import date

import streamlit as st

from monitor.i18n import partial_day
from monitor.models import Kind, Status
from monitor.read import log_entries
from monitor.read.entry_text import entry_status, own_lines, source_line
from monitor.read.lines import Topic
from monitor.read.selection import View
from monitor.ui.markdown import line_to_markdown
from monitor.ui.page_run import t
from monitor.ui.sentences import place_in_words
from monitor.ui.team import detail, preview, review_sources


def show_entry(view: View, entry) -> None:
    """What the entry says, word by word, and who says it."""
    st.header(t("review.said"))
    when, status = partial_day(entry.happened_on, view.lang), entry_status(view, entry)
    st.markdown(f"**{when}** · **{status}**")
    kind = Kind.ASSESSMENT if entry.kind == Kind.RETRACTION else entry.kind
    why = "write.reason_withdraw" if entry.kind == Kind.RETRACTION else "write.reason_correct"
    searched = entry.status == Status.NO_EVIDENCE
    if entry.summary:
        st.caption(t("write.searched" if searched else f"write.summary_{kind}"))
        st.text(entry.summary)
    labels = {Topic.QUOTE: "write.quote", Topic.REASON: why}
    more = review_sources.read_waiting(entry.seq)
    for line in own_lines(view, entry, more.values()):
        if label := labels.get(line.topic):
            st.caption(t(label))
            st.text(line.quoted)
        else:
            st.markdown(line_to_markdown(view, line))
    if source_line(view, entry) is None:
        st.markdown(f"*{t('review.no_source')}*")
    if addresses := [one.source_url for one in (entry, *more.values()) if one.source_url]:
        st.caption(t("review.address"))
        st.text("\n".join(addresses))
    when = detail.recorded_in_words(entry.recorded_at, view)
    st.caption(
        t("review.by", author=detail.author_in_words(entry.author), when=when, seq=entry.seq)
    )


def show_effect(view: View, entry, absent: str) -> None:
    """The promise, where it stands, and where it would stand; or why there is nobody to promise."""
    st.header(t("review.effect"))
    if absent:
        st.warning(absent, icon=":material/person_off:")
        return
    if who := detail.person_of(view, entry.signatory_id):
        st.markdown(place_in_words(who))
    detail.measure_words(view, entry.measure)
    row = detail.commitment_of(view, entry.signatory_id, entry.measure)
    found = detail.entries_about_signatory(entry.signatory_id, view)
    if row is not None:
        detail.present_state(view, row)
        if effect := preview.effect_of_entry(view, entry, row):
            detail.effect_in_words(view, effect, entry)
        recorded_on = date.fromisoformat(entry.recorded_at[:10])
        if entry.kind == Kind.ASSESSMENT and (
            why := detail.why_uncounted(
                view, entry.signatory_id, entry.happened_on, recorded_on, entry.status
            )
        ):
            st.warning(t(f"review.uncounted_{why}"))
    _tell_replaced(view, entry)
    detail.last_entries(view, found[found["seq"] != entry.seq], entry.measure)


def _tell_replaced(view: View, entry) -> None:
    """That what it corrects or withdraws counts no more already: what stands in its place would stay. Or
    that it takes the place of a status, or of a reply, and is of another kind."""
    if entry.supersedes_seq is None or not view.state.is_public(int(entry.supersedes_seq)):
        return
    (target,) = log_entries.read_entries(view, [int(entry.supersedes_seq)])
    seqs, said = {"seq": target.seq}, ""
    if not target.stands and target.later_seq not in (None, entry.seq):
        seqs, said = seqs | {"later": target.later_seq}, detail.say_replaced(target, entry.kind)
        if said == "corrected_again" and target.later_seq > entry.seq:
            said = "corrected_later"
    elif target.kind in (Kind.ASSESSMENT, Kind.REPLY) and entry.kind not in (
        target.kind,
        Kind.RETRACTION,
    ):
        said = f"{target.kind}_in_place"
    if said:
        st.warning(t(f"review.{said}", **seqs), icon=":material/difference:")
