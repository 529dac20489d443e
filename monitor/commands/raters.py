"""Who rates a commitment of a sample blind: two people whom nobody chose, without a conflict of
interest, who have not rated it before."""

from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import NamedTuple

from monitor import areas
from monitor.accounts import Account, all_accounts
from monitor.queries.ratings import given_ratings
from monitor.samples import SamplePlan
from monitor.store import Session
from monitor.store.base import in_lists

#: How many people rate a commitment.
RATERS = 2
Commitment = tuple[str, str]


class Raters(NamedTuple):
    """Of a commitment: who has rated it, and who is to."""

    given: tuple[str, ...]
    awaited: tuple[str, ...]


def order_raters(seed: str, names: Iterable[str], signatory_id: str, measure: str) -> list[str]:
    """The order in which people are taken for a commitment: that of the SHA-256 of
    `seed:person:signatory/measure`, which anybody can compute again."""

    def digest(name: str) -> str:
        return sha256(f"{seed}:{name}:{signatory_id}/{measure}".encode()).hexdigest()

    return sorted(names, key=lambda name: (digest(name), name))


def draw_raters(
    session: Session, plan: SamplePlan, commitments: Collection[Commitment]
) -> dict[Commitment, Raters]:
    """The raters of these commitments of a sample that was drawn, by signatory and measure. Whoever
    leaves the team before having rated is replaced by the next in the order. Where the second judges
    what the first kept, the first alone is awaited until then."""
    given: dict[Commitment, list[str]] = {}
    for one in given_ratings(session, plan.pact_id, plan.plan_id):
        given.setdefault((one.signatory_id, one.measure), []).append(one.author)
    people = [one for one in all_accounts(session) if one.active and one.can_sign_in]
    names = {name for name, _ in commitments}
    communes = communes_of(session, plan.pact_id, names)
    before = _past_raters(session, plan.pact_id, names)
    found = {}
    for about in commitments:
        done = given.get(about, [])
        others = [
            one.name
            for one in people
            if one.name not in done
            and one.name not in before.get(about, ())
            and not is_tied(one, communes.get(about[0], ()))
        ]
        most = 1 if plan.has_same_evidence and not done else RATERS - len(done)
        left = order_raters(plan.seed or "", others, *about)[:most]
        found[about] = Raters(tuple(done), tuple(left))
    return found


def is_tied(account: Account, communes: Collection[str]) -> bool:
    """Whether the account has a conflict of interest in one of these communes, or in its department."""
    theirs = {areas.department_of(commune) for commune in communes}
    return any(areas.department_of(own) in theirs for own in account.communes)


def communes_of(session: Session, pact_id: str, names: Collection[str]) -> dict[str, set[str]]:
    """The communes, present and former, of these signatories."""
    found: dict[str, set[str]] = {}
    for inside, params in in_lists(names):
        sql = (
            "SELECT signatory_id, commune FROM signatory "
            f"WHERE pact_id = :pact AND signatory_id IN {inside}"
        )
        for name, commune in session.rows(sql, pact=pact_id, **params):
            found.setdefault(name, set()).add(commune)
    return found


def _past_raters(
    session: Session, pact_id: str, names: Collection[str]
) -> dict[Commitment, set[str]]:
    """Who has assessed each commitment of these signatories before."""
    found: dict[Commitment, set[str]] = {}
    for name in names:
        for measure, author in session.rows(
            "SELECT c.measure_id, e.author FROM commitment c JOIN action a ON a.commitment_id = c.id "
            "JOIN entry e ON e.seq = a.seq WHERE c.pact_id = :pact AND c.signatory_id = :name "
            "AND a.kind = 'assessment'",
            pact=pact_id,
            name=name,
        ):
            found.setdefault((name, measure), set()).add(author)
    return found
