"""A pact with all that goes with it, brought on a page: one admin proposes it, another accepts it. Until
then its files are beside the log, and nobody sees anything of it."""

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor import intake
from monitor.accounts import Account, Bearer, require_role
from monitor.accounts.sessions import LOG
from monitor.accounts.team_record import Act, record_act
from monitor.commands.load_options import NO_CHOICES, PactChoices
from monitor.commands.transaction import (
    Work,
    check_not_of_maker,
    check_not_of_new_accounts,
    record_refusals,
    transaction_as,
)
from monitor.commands.whole_beyond import check_beyond_titles
from monitor.commands.whole_pact import WholeReport, load_whole_pact
from monitor.errors import Changed, NotAllowed, NotFound, Refused
from monitor.intake import Mending
from monitor.models import Role
from monitor.store import Session, Store
from monitor.store.journal import Journal, timestamp

Files = Sequence[tuple[str, bytes]]
#: By the names of the parts, how they were put right on the page.
MendingByFile = Mapping[str, Mending]
NOTHING: MendingByFile = {}


@dataclass(frozen=True)
class ProposedPact:
    """What an account proposes, and when; `mended`: how they put the files right; `choices`: what else
    they say of it."""

    author: str
    proposed_at: str
    digest: str
    files: Files
    mended: MendingByFile
    choices: PactChoices = NO_CHOICES


def preview_pact(
    store: Store,
    files: Files,
    lang: str,
    mended: MendingByFile = NOTHING,
    choices: PactChoices = NO_CHOICES,
) -> WholeReport:
    """What would become of the files, put right so; where titles are refused, what is wrong with the
    cells of the other columns as well. Nobody who saves waits for it. Raises what `load_whole_pact`
    raises."""

    def check(parts: intake.Parts) -> WholeReport:
        return load_whole_pact(store, parts, dry_run=True, lang=lang, choices=choices)

    parts = _parts(files, mended)
    return check_beyond_titles(check, parts, check(parts))


def propose_pact(
    store: Store,
    who: Bearer,
    files: Files,
    mended: MendingByFile = NOTHING,
    choices: PactChoices = NO_CHOICES,
    now: datetime | None = None,
) -> None:
    """Keep the files, and how they were put right, until another admin has decided; they take the place
    of what the account proposed before. Raises NotAllowed."""
    packed = _pack(files, mended, choices)
    with transaction_as(store, who, Role.ADMIN, now) as work:
        _forget(work.session, work.account.name)
        work.session.insert(
            "proposed_pact",
            ("author", "proposed_at", "digest", "files"),
            [(work.account.name, timestamp(work.now), _digest(packed), packed)],
        )
        record_act(work.session, Act.PACT_PROPOSED, work.clock, work.account.name)


def proposed_pacts(session: Session, author: str | None = None) -> list[ProposedPact]:
    """What waits for another admin, of everybody or of one author, the oldest first."""
    rows = session.rows(
        "SELECT author, proposed_at, digest, files FROM proposed_pact "
        "WHERE author = coalesce(:author, author) ORDER BY proposed_at, author",
        author=author,
    )
    return [
        ProposedPact(author, at, digest, *_unpack(packed)) for author, at, digest, packed in rows
    ]


def accept_pact(
    store: Store,
    who: Bearer,
    author: str,
    digest: str,
    now: datetime | None = None,
    expected: Sequence[Counter] | None = None,
) -> WholeReport:
    """Load what another admin proposed, as it was shown (`digest`), whole or not at all: it is public
    then. The log says that the server wrote it, the record of the team who proposed and accepted it.
    `expected`: as in `load_whole_pact`.

    Raises NotAllowed (`own_work`, `work_of_maker`, `new_account`), Refused (`conflict_of_interest`: a
    row is about a commune that one of the two is tied to), NotFound (`no_proposed_pact`), Changed
    (`proposed_pact_changed`) and what `load_whole_pact` raises.
    """
    now = now or datetime.now(UTC)
    with store.reading() as session:
        proposed = _proposed_by(session, author, digest)

    def approve(session: Session, before: int) -> None:
        account = require_role(session, who, Role.ADMIN, now)
        work = Work(session, Journal(session, account.name, now), account, now)
        _proposed_by(session, author, digest)
        if author == account.name:
            LOG.warning("refused: somebody would accept their own pact")
            raise NotAllowed("own_work")
        check_not_of_maker(work, author)
        check_not_of_new_accounts(work, author)
        _check_ties(session, account, author, before)
        _forget(session, author)
        record_act(session, Act.PACT_ACCEPTED, work.clock, account.name, about=author)

    with record_refusals(store, who, now):
        return load_whole_pact(
            store,
            _parts(proposed.files, proposed.mended),
            choices=proposed.choices,
            approve=approve,
            now=now,
            expected=expected,
        )


def drop_pact(store: Store, who: Bearer, author: str, now: datetime | None = None) -> None:
    """Refuse what was proposed, or take one's own back. Raises NotAllowed."""
    with transaction_as(store, who, Role.ADMIN, now) as work:
        _forget(work.session, author)
        record_act(work.session, Act.PACT_DROPPED, work.clock, work.account.name, about=author)


def _parts(files: Files, mended: MendingByFile) -> intake.Parts:
    return intake.Parts.of_files(files, mended)


def _pack(files: Files, mended: MendingByFile, choices: PactChoices) -> str:
    packed = [(name, base64.b64encode(data).decode()) for name, data in files]
    parts = {name: mending.to_json() for name, mending in mended.items()}
    return json.dumps({"files": packed, "mended": parts, **choices._asdict()})


def _unpack(packed: str) -> tuple[Files, MendingByFile, PactChoices]:
    """The reverse of `_pack`; at first the files alone were kept, then the cells that were written anew
    as well, then who is in charge."""
    held = json.loads(packed)
    held = held if isinstance(held, dict) else {"files": held}
    parts = held.get("mended") or {
        name: {"cells": cells} for name, cells in held.get("cells", {}).items()
    }
    mended = {name: Mending.from_json(kept) for name, kept in parts.items()}
    files = [(name, base64.b64decode(data)) for name, data in held["files"]]
    said = {name: held[name] for name in PactChoices._fields if name in held}
    said["leaves_facts"] = tuple(said.get("leaves_facts", ()))
    said["agreed_names"] = tuple(map(tuple, said.get("agreed_names", ())))
    return files, mended, PactChoices(**said)


def _proposed_by(session: Session, author: str, digest: str) -> ProposedPact:
    found = proposed_pacts(session, author)
    if not found:
        raise NotFound("no_proposed_pact")
    if found[0].digest != digest:
        raise Changed("proposed_pact_changed")
    return found[0]


def _check_ties(session: Session, account: Account, author: str, before: int) -> None:
    """Raises Refused (`conflict_of_interest`) where what has just been written, after entry `before`, is
    about a commune that the two may not rate."""
    tied = {
        commune
        for (commune,) in session.rows(
            "SELECT commune FROM account_commune WHERE name IN (:one, :other)",
            one=account.name,
            other=author,
        )
    }
    found = {
        commune
        for (commune,) in session.rows(
            "SELECT DISTINCT commune FROM signatory WHERE seq > :before", before=before
        )
    }
    if own := tied & found:
        raise Refused("conflict_of_interest", commune=", ".join(sorted(own)))


def _forget(session: Session, author: str) -> None:
    session.execute("DELETE FROM proposed_pact WHERE author = :author", author=author)


def _digest(packed: str) -> str:
    return hashlib.sha256(packed.encode()).hexdigest()
