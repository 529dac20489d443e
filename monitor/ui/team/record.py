"""The record of what the team did, for admins: by kind and by account, the latest first."""

import pandas as pd
import streamlit as st

from monitor import accounts
from monitor.accounts.people import OPERATOR
from monitor.accounts.team_record import Act
from monitor.queries import requests as request_queries
from monitor.queries.requests import RecordedAct
from monitor.read import current_log
from monitor.read.selection import View
from monitor.ui import figures, paging
from monitor.ui.address import choose_value
from monitor.ui.page_run import t
from monitor.ui.team import conflicts, departments, detail

SIZE = 50
#: What is shown together.
GROUPS = {
    "comptes": (
        Act.ACCOUNT_MADE,
        Act.LINK_MADE,
        Act.ROLE_CHANGED,
        Act.ACCESS_CLOSED,
        Act.ACCESS_OPENED,
        Act.ACCOUNT_ERASED,
        Act.TIED,
        Act.UNTIED,
        Act.DEPARTMENT_GIVEN,
        Act.DEPARTMENT_TAKEN,
        Act.IDENTITY_ADMITTED,
        Act.IDENTITY_REFUSED,
        Act.IDENTITY_DETACHED,
        Act.VOUCHED,
        Act.FACTOR_RESET,
    ),
    "demandes": (Act.REQUESTED, Act.CONFIRMED, Act.STOPPED, Act.ELAPSED, Act.ORDER, Act.VOID),
    "pactes": (Act.PACT_PROPOSED, Act.PACT_ACCEPTED, Act.PACT_DROPPED),
    "retraits": (Act.FILE_WITHDRAWN, Act.ROW_RETRACTED, Act.TEXTS_REMOVED),
    "acces": (
        Act.SIGNED_IN,
        Act.SIGNED_OUT,
        Act.PASSWORD_CHOSEN,
        Act.SESSIONS_ENDED,
        Act.FACTOR_SET,
    ),
    "refus": (Act.SIGN_IN_REFUSED, Act.PASSWORD_REFUSED, Act.REFUSED),
}


def show_record(view: View) -> None:
    """What was done by the accounts of the team, filtered by kind of act and by account."""
    st.markdown(t("record.intro"))
    with current_log.store().reading() as database:
        names = [OPERATOR, *(one.name for one in accounts.all_accounts(database))]
    kind, name = st.query_params.get("acte"), st.query_params.get("compte")
    with st.container(horizontal=True):
        choose_value(
            "acte",
            t("record.kind"),
            list(GROUPS),
            lambda code: t(f"record.{code}"),
            kind if kind in GROUPS else None,
            t("record.every_kind"),
            "page",
        )
        choose_value(
            "compte",
            t("record.account"),
            names,
            lambda code: t("record.operator") if code == OPERATOR else code,
            name if name in names else None,
            t("record.every_account"),
            "page",
        )
    kinds = tuple(act.value for act in GROUPS.get(kind or "", ()))
    chosen = name if name in names else None
    with current_log.store().reading() as database:
        count, _ = request_queries.recorded_acts(database, kinds, chosen, count=0)
        if not count:
            st.info(t("record.none"))
            return
        rows = paging.page_of(count, SIZE)
        _, found = request_queries.recorded_acts(database, kinds, chosen, rows.start, SIZE)
    figures.show_words(figures.table_texts(_table(view, found)), "registre")


def _table(view: View, found: list[RecordedAct]) -> pd.DataFrame:
    lines = [
        (detail.recorded_in_words(one.happened_at, view), _who(one), act_in_words(view, one))
        for one in found
    ]
    columns = [t(f"record.column_{name}") for name in ("when", "who", "what")]
    return pd.DataFrame(lines, columns=columns)


def _who(one: RecordedAct) -> str:
    if one.actor == OPERATOR:
        return t("record.operator")
    if one.actor:
        return one.actor
    return t("record.nobody" if one.kind == Act.SIGN_IN_REFUSED else "record.server")


def act_in_words(view: View, one: RecordedAct) -> str:
    """What was done, in a sentence; the code alone of an act that another version knows."""
    if one.kind not in set(Act):
        return one.kind
    given = dict(one.details)
    values = {
        "about": t("record.operator") if one.about == OPERATOR else one.about or "–",
        "seq": one.seq or "–",
        "number": one.request_id or "–",
        "issuer": given.get("issuer", "–"),
        "role": t(f"role.{given['role']}") if given.get("role") else "–",
        "before": t(f"role.{given['before']}") if given.get("before") else "–",
        "commune": conflicts.commune_in_words(view, given["commune"]).replace("\\", "")
        if "commune" in given
        else "–",
        "department": departments.department_name(view, given.get("department", "–")),
        "kind": t(f"record.kind_{given['kind']}") if "kind" in given else "–",
        "why": t(f"record.why_{_why(given.get('code', ''))}"),
    }
    return t(f"act.{one.kind}", **values)


def _why(code: str) -> str:
    """Why something was refused, as far as the record tells it apart."""
    known = {
        "own_work": "own",
        "own_request": "own",
        "work_of_maker": "maker",
        "request_of_maker": "maker",
        "account_new": "maker",
        "new_account": "maker",
    }
    return known.get(code, "role")
