"""Two people behind what takes away from what is public, behind a new admin, and behind a review; the
record of what the team did.
"""

from monitor.store.guards.phrases import AUTHOR, Guard, day_after, no_time, role_of, sql_list

#: The acts by which one account comes to hold the key of another, and the operator's word that there
#: are two persons all the same.
MAKING, VOUCHED = ("account_made", "link_made", "identity_admitted"), "vouched"
#: The ways in which a request is carried out.
CARRIED_OUT = ("confirmed", "elapsed", "order")
#: What a court may order.
BY_ORDER = ("row_withdrawal", "redaction")


def making_condition(act: str, name: str) -> str:
    """Whether the row `act` of team_act says that another account made the account `name`, as SQL."""
    return (
        f"{act}.about = {name} AND {act}.kind IN {sql_list(MAKING)} AND {act}.actor <> {act}.about "
        f"AND {act}.actor <> 'operator' AND {act}.id > coalesce((SELECT max(v.id) FROM team_act v "
        f"WHERE v.about = {name} AND v.kind = '{VOUCHED}'), 0)"
    )


def maker_condition(name: str, maker: str) -> str:
    """Whether `maker` made the account `name`, or made who made it, as SQL."""
    return (
        f"EXISTS (SELECT 1 FROM team_act m WHERE {making_condition('m', name)} AND (m.actor = {maker} "
        f"OR EXISTS (SELECT 1 FROM team_act n WHERE {making_condition('n', 'm.actor')} "
        f"AND n.actor = {maker})))"
    )


def rules() -> list[Guard]:
    return [*_record(), *_requests(), *_ends(), *_carried_out(), *_reviews()]


def _record() -> list[Guard]:
    return [
        *(
            Guard(
                f"{table}_numbered",
                "INSERT",
                table,
                f"NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM {table})",
                f"{table}: numbered one after the other",
            )
            for table in ("request", "team_act")
        ),
        Guard(
            "team_act_time",
            "INSERT",
            "team_act",
            no_time("NEW.happened_at"),
            "team_act: happened_at is no time",
        ),
        Guard(
            "team_act_clock",
            "INSERT",
            "team_act",
            "NEW.happened_at < (SELECT happened_at FROM team_act WHERE id = NEW.id - 1)",
            "team_act: before the act before it",
        ),
    ]


def _requests() -> list[Guard]:
    pending = "NOT EXISTS (SELECT 1 FROM request_end WHERE id = r.id)"
    role = role_of("NEW.asked_by")
    same = (
        "coalesce(r.name, '') = coalesce(NEW.name, '') AND "
        "coalesce(r.target_seq, 0) = coalesce(NEW.target_seq, 0)"
    )
    return [
        _emptied(
            "request",
            ("reason", "order_reference"),
            ("id", "kind", "target_seq", "name", "asked_by", "asked_at", "due_at"),
            "OLD.id",
        ),
        Guard(
            "request_by_role",
            "INSERT",
            "request",
            f"{role} <> 'admin' AND NOT ({role} = 'reviewer' AND NEW.kind = 'withdrawal')",
            "request: only a reviewer asks for the withdrawal of a file, only an admin for the rest",
        ),
        Guard(
            "request_says_why",
            "INSERT",
            "request",
            "NEW.reason IS NULL",
            "request: a reason is required",
            only="NEW.kind <> 'admin'",
        ),
        Guard(
            "request_once",
            "INSERT",
            "request",
            f"EXISTS (SELECT 1 FROM request r WHERE r.kind = NEW.kind AND {same} AND {pending})",
            "request: the same waits already",
        ),
        Guard(
            "request_times",
            "INSERT",
            "request",
            f"{no_time('NEW.asked_at')} OR {no_time('NEW.due_at')}",
            "request: no time",
        ),
        Guard(
            "request_waits_a_day",
            "INSERT",
            "request",
            f"substr(NEW.due_at, 1, 16) <> {day_after('NEW.asked_at')}",
            "request: it waits a day",
        ),
        Guard(
            "request_clock",
            "INSERT",
            "request",
            "NEW.asked_at < (SELECT recorded_at FROM entry WHERE seq = (SELECT seq FROM head))",
            "request: asked before the last entry",
        ),
    ]


def _ends() -> list[Guard]:
    asked, role = "(SELECT asked_by FROM request WHERE id = NEW.id)", role_of("NEW.ended_by")
    kind = "(SELECT kind FROM request WHERE id = NEW.id)"
    return [
        _emptied("request_end", ("why",), ("id", "way", "ended_by", "ended_at"), "OLD.id"),
        Guard(
            "request_end_time",
            "INSERT",
            "request_end",
            no_time("NEW.ended_at"),
            "request_end: ended_at is no time",
        ),
        Guard(
            "request_end_by_another",
            "INSERT",
            "request_end",
            f"NEW.ended_by = {asked} OR {maker_condition('NEW.ended_by', asked)} "
            f"OR {maker_condition(asked, 'NEW.ended_by')}",
            "request_end: another person confirms",
            only="NEW.way = 'confirmed'",
        ),
        Guard(
            "request_end_by_role",
            "INSERT",
            "request_end",
            f"{role} NOT IN ('admin', 'operator') AND NOT ({role} = 'reviewer' "
            f"AND {kind} <> 'admin')",
            "request_end: only a reviewer confirms, or an admin",
            only="NEW.way = 'confirmed'",
        ),
        Guard(
            "request_end_of_a_member",
            "INSERT",
            "request_end",
            f"{role} = 'closed'",
            "request_end: by somebody of the team",
            only="NEW.way = 'stopped'",
        ),
        Guard(
            "request_end_after_a_day",
            "INSERT",
            "request_end",
            "NEW.ended_at < (SELECT due_at FROM request WHERE id = NEW.id)",
            "request_end: the day has not passed",
            only="NEW.way = 'elapsed'",
        ),
        Guard(
            "request_end_by_order",
            "INSERT",
            "request_end",
            f"NEW.ended_by <> {asked} OR {role} <> 'admin' OR {kind} NOT IN {sql_list(BY_ORDER)} "
            "OR (SELECT order_reference FROM request WHERE id = NEW.id) IS NULL",
            "request_end: an admin tells of the order of a court",
            only="NEW.way = 'order'",
        ),
    ]


def _carried_out() -> list[Guard]:
    def agreed(kind: str, about: str, at: str, by: str) -> str:
        return (
            "EXISTS (SELECT 1 FROM request r JOIN request_end x ON x.id = r.id "
            f"WHERE r.kind = '{kind}' AND {about} AND x.way IN {sql_list(CARRIED_OUT)} "
            f"AND x.ended_at = {at} AND r.asked_by = {by})"
        )

    at = "(SELECT recorded_at FROM entry WHERE seq = NEW.seq)"
    own = f"{AUTHOR} <> 'operator'"
    return [
        Guard(
            "withdrawal_agreed",
            "INSERT",
            "withdrawal",
            f"{own} AND (EXISTS (SELECT 1 FROM load WHERE seq = NEW.load_seq AND accepted = 1) "
            "OR EXISTS (SELECT 1 FROM load_review WHERE load_seq = NEW.load_seq "
            "AND decision = 'accepted')) AND NOT "
            f"{agreed('withdrawal', 'r.target_seq = NEW.load_seq', at, AUTHOR)}",
            "withdrawal: of an accepted file, by two people or after a day",
        ),
        Guard(
            "row_withdrawal_agreed",
            "INSERT",
            "row_withdrawal",
            f"{own} AND NOT "
            f"{agreed('row_withdrawal', 'r.target_seq = NEW.target_seq', at, AUTHOR)}",
            "row_withdrawal: by two people or after a day",
        ),
        # With an entry go its other versions, its reviews and the checks of its addresses.
        Guard(
            "redaction_agreed",
            "INSERT",
            "redaction",
            f"{own} AND NOT {agreed('redaction', '1 = 1', at, AUTHOR)}",
            "redaction: by two people or after a day",
        ),
        Guard(
            "account_change_agreed",
            "INSERT",
            "account_change",
            "NEW.changed_by <> 'operator' AND NOT EXISTS (SELECT 1 FROM account_change "
            "WHERE id = (SELECT max(id) FROM account_change WHERE name = NEW.name) "
            "AND role = 'admin' AND active = 1) AND NOT "
            f"{agreed('admin', 'r.name = NEW.name', 'NEW.changed_at', 'NEW.changed_by')}",
            "account_change: an admin is made by two people or after a day",
            only="NEW.role = 'admin' AND NEW.active = 1",
        ),
    ]


def _reviews() -> list[Guard]:
    action = "(SELECT author FROM entry WHERE seq = NEW.action_seq)"
    corrected = (
        "(SELECT e.author FROM action a JOIN entry e ON e.seq = a.supersedes "
        "WHERE a.seq = NEW.action_seq)"
    )
    file = "(SELECT author FROM entry WHERE seq = NEW.load_seq)"
    return [
        Guard(
            "review_by_no_made_account",
            "INSERT",
            "review",
            f"{maker_condition(AUTHOR, action)} OR {maker_condition(AUTHOR, corrected)}",
            "review: nobody reviews what the maker of their account wrote",
        ),
        Guard(
            "load_review_by_no_made_account",
            "INSERT",
            "load_review",
            maker_condition(AUTHOR, file),
            "load_review: nobody reviews the file of the maker of their account",
        ),
    ]


def _emptied(table: str, texts: tuple[str, ...], rest: tuple[str, ...], request: str) -> Guard:
    """A row never changes, but that its words may be emptied once the request has ended."""
    empty = " AND ".join(f"NEW.{column} IS NULL" for column in texts)
    held = " OR ".join(f"OLD.{column} IS NOT NULL" for column in texts)
    same = " AND ".join(
        f"coalesce(CAST(NEW.{column} AS TEXT), '') = coalesce(CAST(OLD.{column} AS TEXT), '')"
        for column in rest
    )
    return Guard(
        f"{table}_no_update",
        "UPDATE",
        table,
        f"NOT (({held}) AND {empty} AND {same} "
        f"AND EXISTS (SELECT 1 FROM request_end WHERE id = {request}))",
        f"{table}: append only, nothing is changed",
    )
