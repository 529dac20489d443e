"""What stands beside the form: the measure's words, where it stands, what was said of it before."""

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np
import pandas as pd
import streamlit as st
from rapidfuzz import fuzz

from monitor import commands, dates
from monitor.accounts.people import OPERATOR
from monitor.accounts.team_record import Act
from monitor.i18n import day, moment, partial_day, speakable_values
from monitor.intake.sources import source_key
from monitor.models import Kind, Status, UncountedReason
from monitor.queries import team as backlog
from monitor.queries.requests import find_act
from monitor.read import current_log
from monitor.read.cache import per_head
from monitor.read.entry_text import entry_number, entry_status, own_lines
from monitor.read.known_days import EntryDay, since_in_words
from monitor.read.labels import measure_title, status_label
from monitor.read.lines import Topic
from monitor.read.log_entries import LogEntry
from monitor.read.selection import View
from monitor.snapshot import Snapshot
from monitor.status import REASONS, facts_uncounted, why_fact_uncounted
from monitor.table_rows import CommitmentRow, PersonRow, read_rows
from monitor.ui.markdown import line_to_markdown, md
from monitor.ui.page_run import t
from monitor.ui.sentences import criterion_in_words, place_in_words
from monitor.ui.team.preview import Effect

#: Entries shown beside the form.
LAST = 5
#: Two summaries more alike than this (0–100) may be the same fact.
ALIKE = 80


def person_of(view: View, signatory_id: str) -> PersonRow | None:
    """A signatory, None if there is none."""
    return view.day_state.read_people([signatory_id]).get(signatory_id)


def why_absent(view: View, signatory_id: str) -> str:
    """Why a signatory is shown nowhere, "" for one who is."""
    if person_of(view, signatory_id) is not None:
        return ""
    with current_log.store().reading() as database:
        found = commands.absent_people(database, view.log.pact.id, names=[signatory_id])
    absence = found.get(signatory_id)
    return md(absence_in_words(view, absence)) if absence else t("review.nobody")


def absence_in_words(view: View, absence: commands.Absence) -> str:
    """Plain text, never markup."""
    return t(f"review.{absence.code}", **speakable_values(dict(absence.values), view.lang))


def commitment_of(view: View, signatory_id: str, measure: str) -> CommitmentRow | None:
    """A commitment, None if they did not commit to that measure."""
    rows = read_rows(CommitmentRow, view.everything, view.rows_of([signatory_id]))
    return next((row for row in rows if row.measure == measure), None)


def why_uncounted(
    view: View, signatory_id: str, happened_on: str, recorded_on: date, status: str
) -> UncountedReason | None:
    """Why an assessment would be kept and move no status, by when it happened; None where it may, and
    where its signatory is not public."""
    known = view.known
    ids, _ = view.state.rows_by_signatory
    (row,) = ids.get_indexer([signatory_id])
    if row < 0:
        return None
    return why_fact_uncounted(
        known.pact,
        happened_on,
        recorded_on,
        known.signed.of([row]),
        known.starts[:, row],
        known.ends[:, row],
        search=status == Status.NO_EVIDENCE,
    )


def reasons_uncounted(
    view: View, facts: Sequence[tuple[str, str, str | None]], recorded_on: date
) -> list[UncountedReason | None]:
    """`why_uncounted` of many facts at once: (signatory_id, happened_on, status) of each."""
    known = view.known
    found: list[UncountedReason | None] = [None] * len(facts)
    ids, _ = view.state.rows_by_signatory
    person = ids.get_indexer([who for who, _, _ in facts])
    public = np.flatnonzero(person >= 0).tolist()
    person = person[public]
    first, last = dates.date_intervals([facts[at][1] for at in public])
    places = facts_uncounted(
        known.pact,
        first,
        np.maximum(first, np.minimum(last, dates.day_number(recorded_on))),
        known.signed.of(person),
        known.starts[:, person],
        known.ends[:, person],
        np.array([facts[at][2] == Status.NO_EVIDENCE for at in public], dtype=bool),
    )
    for at, why in zip(public, places.tolist(), strict=True):
        found[at] = None if why < 0 else REASONS[why]
    return found


def entries_about_signatory(signatory_id: str, view: View) -> pd.DataFrame:
    """Every entry about a signatory, newest first, whatever was decided of it."""
    with current_log.store().reading() as database:
        return backlog.entries_about(database, view.log.pact.id, signatory_id)


def measure_words(view: View, measure_id: str, titled: bool = True) -> None:
    """The exact wording and the criterion: what an implementation is measured against."""
    measure = view.measure(measure_id)
    if titled:
        st.markdown(f"**{md(measure_title(view, measure.id))}**")
    st.markdown(f"> {t('city.wording', wording=md(measure.wording))}")
    st.caption(criterion_in_words(measure.criterion(view.lang)))


def present_state(view: View, row: CommitmentRow) -> None:
    """Where the commitment stands on the day of the view."""
    now = t("beside.now", day=day(view.day, view.lang))
    st.markdown(f"{now} **{status_words(view, row)}**")
    if not row.binding:
        st.caption(t("city.not_binding"))


def status_words(view: View, row: CommitmentRow, typed: EntryDay | None = None) -> str:
    """« ● mis en œuvre (depuis décembre 2021) », no more precise than the entry that says so, or than
    what is `typed` of it."""
    status = Status(row.status)
    unknown = status is Status.NOT_ASSESSED
    words = t(f"status.{status}") if unknown else status_label(status, view.lang)
    since = since_in_words(view, row, typed)
    return f"{words} ({since})" if since else words


def last_entries(view: View, found: pd.DataFrame, measure: str) -> None:
    """The last entries about the commitment, pending ones too, each with its state."""
    own = found[found["measure"] == measure]
    if own.empty:
        st.caption(t("beside.no_entry"))
        return
    st.markdown(t("beside.last"))
    for entry in own.head(LAST).itertuples():
        st.markdown(entry_line(entry, view))


def entry_state(entry) -> str:
    """pending, accepted, refused, withdrawn; overtaken: its author put another in its place, or took it
    back, before a decision."""
    return entry.decision or ("overtaken" if entry.overtaken_by else "pending")


def entry_line(entry, view: View, stated: bool = True) -> str:
    """One entry in one line, as the team sees it; `stated`: with what was decided of it."""
    parts = [f"**{partial_day(entry.happened_on, view.lang)}**", entry_status(view, entry)]
    if stated and entry.decision != "accepted":
        parts.append(f"*{t(f'decision.{entry_state(entry)}')}*")
    if entry.summary:
        parts.append(md(entry.summary))
    lines = (line for line in own_lines(view, entry) if line.topic is not Topic.QUOTE)
    parts += [line_to_markdown(view, line) for line in lines]
    number = entry_number(entry.seq, view.lang).text
    parts.append(f"{number} ({entry_author(entry.author, entry.recorded_at)})")
    return " · ".join(parts)


def entry_author(name: str, recorded_at: str) -> str:
    """Who wrote an entry; of one that came with a pact brought on the page, who proposed and accepted
    that."""
    people = accepted_pact(recorded_at) if name == OPERATOR else None
    if people is None:
        return author_in_words(name)
    return t("author.of_pact", proposer=md(people[0]), admin=md(people[1]))


def accepted_pact(recorded_at: str) -> tuple[str, str] | None:
    """Who proposed and who accepted the pact that was accepted at that time; None where none was."""
    return _accepted_pact(current_log.current_snapshot(), recorded_at)


@per_head
def _accepted_pact(_snapshot: Snapshot, recorded_at: str) -> tuple[str, str] | None:
    """Read once for all entries of a file: its act is written with them."""
    with current_log.store().reading() as database:
        return find_act(database, Act.PACT_ACCEPTED, recorded_at)


def author_in_words(name: str) -> str:
    """Who wrote: a pseudonym, or whoever runs the site, by command."""
    return t("author.operator") if name == OPERATOR else md(name)


def entry_title(view: View, entry) -> str:
    """« Lyon (69) · Gérard Collomb · 1. Title »."""
    return commitment_in_words(view, entry.signatory_id, entry.measure)


def commitment_in_words(view: View, signatory_id: str, measure: str) -> str:
    """The same of a commitment."""
    who = person_of(view, signatory_id)
    where = place_in_words(who) if who is not None else md(signatory_id)
    return f"{where} · {md(measure_title(view, measure))}"


def recorded_in_words(recorded_at: str, view: View) -> str:
    """When an entry was recorded, as a reader of this view writes it."""
    return moment(datetime.fromisoformat(recorded_at), view.lang)


def effect_in_words(view: View, effect: Effect, entry: EntryDay) -> None:
    """What an entry would do to its commitment. `entry`: the entry, or what is typed of one."""
    now, then = status_words(view, effect.now), status_words(view, effect.then, entry)
    searched, before = entry.status == Status.NO_EVIDENCE, Status(effect.now.status)
    if effect.lowers:
        st.warning(t("effect.lowers", now=now, then=then), icon=":material/trending_down:")
    elif searched and not effect.changes and before is not Status.NOT_ASSESSED:
        st.info(t("effect.search_keeps", status=t(f"status.{before}")))
    elif searched and effect.changes:
        st.info(t("effect.search_first"))
    elif now == then:
        st.markdown(t("review.no_change"))
    else:
        st.markdown(f"{t('review.would_be')} **{then}**")


def show_former_refusal(view: View, seq: int, key: str) -> None:
    """The refused entry that another takes up again, and why it was refused."""
    with current_log.store().reading() as database:
        found = backlog.find_entry(database, seq)
    for entry in found.itertuples():
        why = t("mine.reason", by=md(entry.reviewer or ""), reason=md(entry.review_reason or ""))
        st.info(f"{t(key, seq=seq)} {why}  \n{entry_line(entry, view, stated=False)}")


def repetition_warnings(view: View, found: pd.DataFrame, draft: dict, day: str | None) -> list[str]:
    """What may be a repetition: the same day and source, the same source for another measure, nearly
    the same words. `found`: the entries about the official; `day`: that of the draft, in EDTF."""
    warnings = []
    own = found[found["action_id"] != draft["supersedes"]]
    own = own[(own["seq"] != draft["resumes"]) & (own["kind"] != Kind.RETRACTION)]
    source = source_key(draft["source_url"], draft["source_title"])
    others = [
        (entry, source_key(entry.source_url, entry.source_title)) for entry in own.itertuples()
    ]
    for entry, key in others:
        if source and key == source and entry.measure != draft["measure"] and draft["source_url"]:
            warnings.append(t("beside.same_source", measure=md(entry.measure), seq=entry.seq))
            break
    for entry, key in others:
        if entry.measure != draft["measure"] or entry.overtaken_by:
            continue
        same_source = bool(source) and key == source
        alike = draft["summary"] and entry.summary and len(draft["summary"]) > 10
        near = alike and fuzz.token_set_ratio(draft["summary"], entry.summary) >= ALIKE
        if same_source and entry.happened_on == day:
            warnings.append(t("beside.duplicate", seq=entry.seq, line=entry_line(entry, view)))
            break
        if near and (entry.status or "") == draft["status"]:
            warnings.append(t("beside.near_duplicate", seq=entry.seq))
            break
    return warnings


def say_replaced(target: LogEntry, kind: Kind) -> str:
    """The end of the message on an entry that counts no more already, for whoever would correct or
    withdraw it."""
    if target.later_kind == Kind.RETRACTION:
        return "already_withdrawn"
    return "already_corrected" if kind == Kind.RETRACTION else "corrected_again"
