"""What is to be done about each proposal: which are confirmed together, once some drawn at random were
looked at, which one by one."""

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from hashlib import sha256

import pandas as pd

from monitor.matching.matches import Judgement, Proposal
from monitor.matching.name_levels import Level, is_same_name
from monitor.matching.tables import certain_rows, loadable_mandates, loadable_signatories

#: So many of those that are confirmed together are looked at before, and as many more for each that was
#: refused.
DRAWN = 20


class ProposalGroup(StrEnum):
    """Where a proposal stands."""

    TOGETHER = "together"
    ONE_BY_ONE = "one_by_one"
    TO_SEE = "to_see"
    NONE = "none"
    #: A person said that it is somebody else.
    REFUSED = "refused"
    #: A person confirmed it, and it is not written yet.
    READY = "ready"
    #: A file about it waits for its review.
    WAITING = "waiting"
    #: The log has all of it.
    KNOWN = "known"


def sort_proposals(
    proposals: Iterable[Proposal], table: pd.DataFrame, waiting: Collection[str]
) -> dict[ProposalGroup, list[Proposal]]:
    """The proposals by standing, in their order. `table`: the same as a proposal table; `waiting`: the
    signatories of files that wait."""
    certain = set(certain_rows(table)["signatory_id"])
    new = {
        *loadable_signatories(table)["signatory_id"],
        *loadable_mandates(table, "")["signatory_id"],
    }
    new |= set(table.loc[table["missing"].notna(), "signatory_id"])
    found: dict[ProposalGroup, list[Proposal]] = {standing: [] for standing in ProposalGroup}
    for one in proposals:
        name = one.signatory.id
        found[_standing(one, name in waiting, name in new, name in certain)].append(one)
    return found


def _standing(one: Proposal, is_waiting: bool, is_new: bool, is_certain: bool) -> ProposalGroup:
    if is_waiting:
        return ProposalGroup.WAITING
    judgements = {match.judgement for match in one.matches}
    if one.level is Level.NONE:
        if Judgement.OTHER in judgements:
            return ProposalGroup.REFUSED
        if Judgement.DEFEATED in judgements:
            return ProposalGroup.READY if is_new else ProposalGroup.KNOWN
        return ProposalGroup.NONE
    if one.level is Level.TO_SEE:
        return ProposalGroup.TO_SEE
    if not is_new:
        return ProposalGroup.KNOWN
    if all(match.judgement for match in one.shown):
        return ProposalGroup.READY
    if is_certain and _are_same_names(one):
        return ProposalGroup.TOGETHER
    return ProposalGroup.ONE_BY_ONE


def _are_same_names(one: Proposal) -> bool:
    """Whether the register writes the name as the signatory's: one that it writes otherwise is not to be
    overlooked in a list that is confirmed together."""
    people = [match.person for match in one.shown if match.person is not None]
    return all(is_same_name(one.signatory.name, each.family, each.given) for each in people)


def draw_sample(names: Iterable[str], refused: Collection[str], seed: str) -> Sequence[str]:
    """Which of these signatories are to be looked at, in the order of the digests of their ids after the
    seed: anybody draws the same."""
    order = sorted(names, key=lambda name: sha256(f"{seed}:{name}".encode()).hexdigest())
    count = 0
    while count < (needed := DRAWN * (1 + sum(name in refused for name in order[:count]))):
        count = needed
    return order[:count]
