"""What waits for whoever is signed in: said beside every page, and marked until it was seen."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress

import streamlit as st

from monitor import commands
from monitor.accounts import Account
from monitor.accounts.acts import makers_of
from monitor.errors import DatabaseError, MonitorError
from monitor.i18n import plural
from monitor.models import Role
from monitor.queries import notices as noticed
from monitor.queries.notices import Notice
from monitor.snapshot import Snapshot
from monitor.ui import person
from monitor.ui.team import requests
from monitor.ui.view import language
from monitor.ui.words import md
from monitor.views import session
from monitor.views.kept import per_head
from monitor.views.view import View

#: The notices that « Mes saisies » shows as new for as long as it is open.
_MARKED = "_notices_marked"


@per_head(64)
def _to_review(
    snapshot: Snapshot, name: str, tied: bool, makers: frozenset[str]
) -> dict[str, tuple[int, int]]:
    with session.store().reading() as database:
        return noticed.to_review(database, name, tied, makers)


def to_review(snapshot: Snapshot, account: Account) -> dict[str, int]:
    """How many entries and files the account may decide of, by pact, where there are any."""
    if not account.role.includes(Role.REVIEWER):
        return {}
    with session.store().reading() as database:
        makers = frozenset(makers_of(database, account.name))
    found = _to_review(snapshot, account.name, bool(account.communes), makers)
    return {pact: sum(counts) for pact, counts in found.items()}


def unseen(account: Account) -> list[Notice]:
    """The questions and the refusals that the account has not seen, of every pact."""
    with session.store().reading() as database:
        return noticed.news(database, account.name)


def beside_every_page(snapshot: Snapshot, account: Account, pages: Mapping[str, object]) -> None:
    """In the menu: what waits for this account, each with the way there. Several pacts: each named."""
    try:
        new = Counter(one.pact_id for one in unseen(account))
        queue = to_review(snapshot, account)
        requests.badge(pages)
    except DatabaseError:
        return  # the page says what is wrong
    for key, page, query, counts in (
        ("notice.unseen", "saisie", {"vue": "miennes"}, new),
        ("notice.to_review", "relecture", {}, queue),
    ):
        for pact, count in sorted(counts.items()):
            if pact not in snapshot.logs:
                continue
            label = f"**{plural(key, count, language())}**"
            if len(snapshot.logs) > 1:
                label += f" · {md(snapshot.logs[pact].pact.title)}"
            query = query | {"pacte": pact, "lang": language()}
            st.page_link(pages[page], label=label, icon=":material/notifications:",
                         query_params=query)  # fmt: skip


def seen(view: View, account: str) -> list[Notice]:
    """What is new of this pact, which the page that asks shows: from now on it is seen. It stays marked
    as long as that page is open."""
    marked = st.session_state.setdefault(_MARKED, [])
    with session.store().reading() as database:
        new = [one for one in noticed.news(database, account) if one.pact_id == view.log.pact.id]
        content = noticed.marks(database, account, view.log.pact.id, new)
    if new:
        purpose = f"{noticed.SEEN}:{view.log.pact.id}"
        with suppress(MonitorError):  # else it is new again the next time
            commands.save_draft(session.store(), person.presented(), purpose, content)
        marked += new
    return marked


def left() -> None:
    """Another page than that one is shown: what it had marked is seen."""
    st.session_state.pop(_MARKED, None)
