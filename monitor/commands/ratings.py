"""Blind double rating: two people rate a commitment of a sample, neither of whom reads the other; then
a reviewer takes one of two that agree, or a third person decides between two that do not."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from monitor.accounts import Account, Bearer, account_named
from monitor.commands.absent_signatories import absent_people
from monitor.commands.more_sources import check_more_sources
from monitor.commands.raters import Commitment, communes_of, draw_raters, is_tied
from monitor.commands.rating_cells import check_judgement, check_rating
from monitor.commands.reviewing import accept_action
from monitor.commands.transaction import (
    Work,
    check_no_conflict,
    check_not_of_maker,
    number_of_commitment,
    pact_of,
    transaction_as,
)
from monitor.commands.writing import (
    REQUEST,
    NewAction,
    WrittenEntry,
    add_action,
)
from monitor.errors import Changed, InvalidRow, InvalidValue, NotAllowed, NotFound, Refused
from monitor.findings import RowError
from monitor.models import Kind, Role
from monitor.queries.ratings import Rating, RatingPair, find_pair, kept_evidence, own_rating
from monitor.queries.samples import sample_plans
from monitor.samples import SamplePlan, find_plan, unknown_plan
from monitor.schema import EVIDENCE
from monitor.store import Store
from monitor.store.journal import Journal

#: What the reason of an assessment that decides between two ratings begins with.
ARBITRATION = "arbitrage"


@dataclass(frozen=True)
class NewRating:
    """What the form says, as typed. `action`: an assessment; `searched`: where its writer looked. Of
    whoever judges what another kept, only the status and the summary count."""

    plan_id: str
    action: NewAction
    searched: str


def rate_blind(
    store: Store,
    who: Bearer,
    rating: NewRating,
    doubled: Collection[Commitment],
    now: datetime | None = None,
) -> int:
    """Write a rating that nobody but its author reads before the other is in. `doubled`: the commitments
    of the sample that two people rate. Returns the seq of the entry, the same for a second click.

    Raises InvalidRow (what the fields hold), NotFound (`unknown_sample_plan`), Changed (`rating_given`,
    `sample_abandoned`), Refused (`conflict_of_interest`, `rater_tied`, `rating_not_doubled`),
    NotAllowed (`rating_of_others`: other people are drawn for it). Nothing is written then.
    """
    action = replace(rating.action, kind=Kind.ASSESSMENT, supersedes="", reason="")
    about = (action.signatory_id, action.measure)
    if not REQUEST.fullmatch(action.request_id):
        raise InvalidValue("request_malformed")
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        pact = pact_of(work.session, action.pact_id)
        plan = _drawn_plan(work, action.pact_id, rating.plan_id)
        kept = kept_evidence(work.session, pact.id, plan.plan_id, *about)
        if kept:
            cells = check_judgement(work, pact, action, kept)
        else:
            cells = check_rating(work, pact, action, rating.searched)
        before = own_rating(work.session, work.account.name, pact.id, plan.plan_id, *about)
        if before and _request_of(work, before.seq) == action.request_id:
            return before.seq
        if before:
            raise Changed("rating_given")
        number = _commitment_to_rate(work, pact.id, plan, about, doubled)
        return work.journal.append(
            "rating",
            [((pact.id, plan.plan_id, *about, *cells.facts), cells.texts, ())],
            columns=[(pact.id, plan.plan_id, number, *cells.facts)],
            request_id=action.request_id,
        )


def accept_rating(
    store: Store,
    who: Bearer,
    pact_id: str,
    plan_id: str,
    about: Commitment,
    rating_seq: int,
    now: datetime | None = None,
) -> int:
    """Take one of two ratings that agree: it becomes an assessment by its author, with the source of the
    other beside its own, and is public at once. Returns the seq of the assessment.

    Raises NotFound (`no_such_rating`), Changed (`rating_ended`), Refused (`ratings_differ`,
    `rating_author_left`, `rating_authors_left`, `conflict_of_interest`, `rater_tied`), NotAllowed
    (`own_work`, `work_of_maker`).
    """
    with transaction_as(store, who, Role.REVIEWER, now) as work:
        pair = _open_pair(work, pact_id, plan_id, about)
        if not pair.agrees:
            raise Refused("ratings_differ")
        chosen = next((one for one in (pair.first, pair.second) if one.seq == rating_seq), None)
        if chosen is None:
            raise NotFound("no_such_rating")
        for one in (pair.first, pair.second):
            check_not_of_maker(work, one.author)
        number = _commitment(work, pact_id, *about)
        author = account_named(work.session, chosen.author)
        other = pair.second if chosen is pair.first else pair.first
        if author is None or not author.active:
            beside = account_named(work.session, other.author)
            if beside is None or not beside.active:
                raise Refused("rating_authors_left")
            raise Refused("rating_author_left", name=chosen.author)
        written = _write_chosen(work, author, pact_id, about, chosen, other)
        reviewer = replace(work, journal=Journal(work.session, work.account.name, work.now))
        accept_action(reviewer, written.seq)
        _end(reviewer, pact_id, plan_id, about, number, "agreed", written.seq)
        return written.seq


def arbitrate_ratings(
    store: Store, who: Bearer, plan_id: str, action: NewAction, now: datetime | None = None
) -> WrittenEntry:
    """Decide between two ratings that differ, as a third person who has read both: an assessment that
    waits for a reviewer as any other does. Its reason begins with « arbitrage ».

    Raises what `log_action` raises, and NotFound (`no_such_rating`), Changed (`rating_ended`), Refused
    (`ratings_agree`, `rater_tied`), NotAllowed (`own_work`).
    """
    about = (action.signatory_id, action.measure)
    reason = f"{ARBITRATION} : {action.reason.strip()}" if action.reason.strip() else ARBITRATION
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        pair = _open_pair(work, action.pact_id, plan_id, about)
        if pair.agrees:
            raise Refused("ratings_agree")
        number = _commitment(work, action.pact_id, *about)
        written = add_action(work, replace(action, kind=Kind.ASSESSMENT, reason=reason))
        _end(work, action.pact_id, plan_id, about, number, "arbitrated", written.seq)
        return written


def can_decide(account: Account, pair: RatingPair, communes: Collection[str]) -> bool:
    """Whether somebody of the team may end a pair: as a third person, without a conflict of interest."""
    raters = (pair.first.author, pair.second.author)
    return account.name not in raters and not is_tied(account, communes)


def _write_chosen(
    work: Work, author: Account, pact_id: str, about: Commitment, chosen: Rating, other: Rating
) -> WrittenEntry:
    """The assessment of the chosen rating, by its author; the source of the other is one more."""
    signatory_id, measure = about
    source = {name: getattr(other, name) or "" for name in EVIDENCE}
    action = NewAction(
        request_id=_next_request(_request_of(work, chosen.seq), chosen.seq),
        pact_id=pact_id,
        signatory_id=signatory_id,
        measure=measure,
        happened_on=chosen.happened_on,
        status=chosen.status.value,
        summary=chosen.summary or chosen.searched or "",
        source_kind=chosen.source_kind or "",
        source_title=chosen.source_title or "",
        source_publisher=chosen.source_publisher or "",
        source_url=chosen.source_url or "",
        archive_url=chosen.archive_url or "",
        quote=chosen.quote or "",
    )
    cited = action.source_url or action.source_title
    found = source["source_url"] or source["source_title"]
    if found and found != cited:
        try:
            check_more_sources(action.action_id, cited, [source], work.journal.latest_day)
            action = replace(action, more_sources=(source,))
        except InvalidRow:  # what a court emptied in part
            pass
    journal = Journal(work.session, author.name, work.now)
    return add_action(replace(work, journal=journal, account=author), action)


def _drawn_plan(work: Work, pact_id: str, plan_id: str) -> SamplePlan:
    """A plan whose sample was drawn, and that was not given up."""
    plans = sample_plans(work.session, pact_id)
    plan = find_plan(plans, plan_id)
    if plan.seed is None:
        raise unknown_plan(plan_id, plans)
    if plan.abandoned:
        raise Changed("sample_abandoned", plan=plan_id)
    return plan


def _open_pair(work: Work, pact_id: str, plan_id: str, about: Commitment) -> RatingPair:
    """Two ratings that nothing became of yet, of others than `work.account`."""
    pair = find_pair(work.session, pact_id, plan_id, *about)
    if pair is None:
        raise NotFound("no_such_rating")
    if work.account.name in (pair.first.author, pair.second.author):
        raise NotAllowed("own_work")
    if pair.way:
        raise Changed("rating_ended")
    return pair


def _commitment(work: Work, pact_id: str, signatory_id: str, measure: str) -> int:
    """The number of a commitment of somebody who was not taken back, with whom the account has no
    conflict of interest, by department either."""
    number = number_of_commitment(work.session, pact_id, signatory_id, measure)
    check_no_conflict(work, number)
    communes = communes_of(work.session, pact_id, [signatory_id]).get(signatory_id, ())
    if is_tied(work.account, communes):
        raise Refused("rater_tied")
    absent = absent_people(work.session, pact_id, names=[signatory_id])
    for name, (code, details) in absent.items():
        raise InvalidRow([RowError(None, "signatory_id", name, f"conflict_{code}", details)])
    return number


def _commitment_to_rate(
    work: Work, pact_id: str, plan: SamplePlan, about: Commitment, doubled: Collection[Commitment]
) -> int:
    """The number of a commitment that two people rate and for which the account is drawn. Raises what
    `_commitment` raises, Refused and NotAllowed."""
    if about not in doubled:
        raise Refused("rating_not_doubled")
    number = _commitment(work, pact_id, *about)
    raters = draw_raters(work.session, plan, [about])[about]
    if work.account.name not in raters.awaited:
        raise NotAllowed("rating_of_others")
    return number


def _end(
    work: Work,
    pact_id: str,
    plan_id: str,
    about: Commitment,
    number: int,
    way: str,
    action_seq: int,
) -> int:
    return work.journal.append(
        "rating_end",
        [((pact_id, plan_id, *about, way, action_seq), (), ())],
        columns=[(pact_id, plan_id, number, way, action_seq)],
    )


def _request_of(work: Work, seq: int) -> str | None:
    """The name of the writing by which an entry came."""
    rows = work.session.rows("SELECT request_id FROM entry WHERE seq = :seq", seq=seq)
    return rows[0][0]


def _next_request(request_id: str | None, seq: int) -> str:
    """The name of the writing that follows from a rating: one for each."""
    return sha256(f"{request_id}:{seq}".encode()).hexdigest()[:32]
