"""What waits for whoever is signed in: said beside every page, and marked until it was seen."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress

import streamlit as st

from monitor import commands
from monitor.accounts import Account
from monitor.accounts.team_record import makers_of
from monitor.errors import DatabaseError, MonitorError
from monitor.i18n import plural
from monitor.models import Role
from monitor.queries import notices as notice_queries
from monitor.queries.notices import Notice
from monitor.read import current_log
from monitor.read.cache import per_head
from monitor.read.selection import View
from monitor.snapshot import Snapshot
from monitor.ui import viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import language
from monitor.ui.team import requests

#: The notices that « Mes saisies » shows as new for as long as it is open.
_MARKED = "_notices_marked"


@per_head
def _to_review(
    snapshot: Snapshot, name: str, tied: bool, makers: frozenset[str]
) -> dict[str, tuple[int, int]]:
    with current_log.store().reading() as database:
        return notice_queries.count_to_review(database, name, tied, makers)


def review_counts(snapshot: Snapshot, account: Account) -> dict[str, int]:
    """How many entries and files the account may decide of, by pact, where there are any."""
    if not account.role.includes(Role.REVIEWER):
        return {}
    with current_log.store().reading() as database:
        makers = frozenset(makers_of(database, account.name))
    found = _to_review(snapshot, account.name, bool(account.communes), makers)
    return {pact: sum(counts) for pact, counts in found.items()}


def unseen_notices_of(account: Account) -> list[Notice]:
    """The questions and the refusals that the account has not seen, of every pact."""
    with current_log.store().reading() as database:
        return notice_queries.unseen_notices(database, account.name)


def show_notices(snapshot: Snapshot, account: Account, pages: Mapping[str, st.Page]) -> None:
    """In the menu: what waits for this account, each with the way there. Several pacts: each named."""
    try:
        new = Counter(one.pact_id for one in unseen_notices_of(account))
        queue = review_counts(snapshot, account)
        requests.show_badge(pages)
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
            st.page_link(
                pages[page], label=label, icon=":material/notifications:", query_params=query
            )


def mark_seen(view: View, account: str) -> list[Notice]:
    """What is new of this pact, which the page that asks shows: from now on it is seen. It stays marked
    as long as that page is open."""
    marked = st.session_state.setdefault(_MARKED, [])
    with current_log.store().reading() as database:
        new = [
            one
            for one in notice_queries.unseen_notices(database, account)
            if one.pact_id == view.log.pact.id
        ]
        content = notice_queries.seen_marks(database, account, view.log.pact.id, new)
    if new:
        purpose = f"{notice_queries.SEEN}:{view.log.pact.id}"
        with suppress(MonitorError):  # else it is new again the next time
            commands.save_draft(current_log.store(), viewer.presented_bearer(), purpose, content)
        marked += new
    return marked


def forget_marked() -> None:
    """Another page than that one is shown: what it had marked is seen."""
    st.session_state.pop(_MARKED, None)
