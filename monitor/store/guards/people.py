"""Who may write what: two pairs of eyes, conflicts of interest."""

from monitor.store.guards.phrases import ADMINS, AUTHOR, Guard, role_of
from monitor.store.retracted import PEOPLE_OF
from monitor.store.subjects import ABOUT_PEOPLE

#: The people (pact_id, signatory_id) that an action is about, or was about before, and those of the
#: action that it supersedes. `{actions}` is `FROM … ` with the action named `a`, and `WHERE …`.
_PEOPLE_OF_ACTIONS = """
    SELECT c.pact_id, c.signatory_id FROM {actions[0]} JOIN action v
    ON v.pact_id = a.pact_id AND v.action_id = a.action_id
    JOIN commitment c ON c.id = v.commitment_id WHERE {actions[1]}
    UNION SELECT c.pact_id, c.signatory_id FROM {actions[0]} JOIN action t ON t.seq = a.supersedes
    JOIN action v ON v.pact_id = t.pact_id AND v.action_id = t.action_id
    JOIN commitment c ON c.id = v.commitment_id WHERE {actions[1]}
"""


def _brought(table: str) -> str:
    """The rows of a table that the file `:load` brought, named `m`; twice bounded by its place in the
    log, which PostgreSQL infers of neither from the other."""
    return (
        f"entry e JOIN {table} m ON m.seq = e.seq "
        "WHERE e.load_seq = :load AND e.seq > :load AND m.seq > :load"
    )


def _commitments_of_actions(actions: str) -> str:
    """The commitments that the actions (pact_id, action_id, supersedes) are about, were about before,
    and those of the actions that they supersede."""
    versions = "JOIN action v ON v.pact_id = {0}.pact_id AND v.action_id = {0}.action_id"
    return (
        f"SELECT v.commitment_id FROM ({actions}) a {versions.format('a')} "
        f"UNION SELECT v.commitment_id FROM ({actions}) a JOIN action t ON t.seq = a.supersedes "
        f"{versions.format('t')} WHERE a.supersedes IS NOT NULL"
    )


_ACTION = "SELECT {0}.pact_id, {0}.action_id, {0}.supersedes FROM"
_CITED = "JOIN action a ON a.pact_id = o.pact_id AND a.action_id = o.action_id"
#: The communes, present and former, of all that the file `:load` is about.
COMMUNES_OF_FILE = f"""
    SELECT s.commune FROM (
        {
    " UNION ".join(
        f"SELECT m.pact_id, m.signatory_id FROM {_brought(table)}"
        for table in ("signatory", *ABOUT_PEOPLE)
    )
}
        UNION SELECT c.pact_id, c.signatory_id FROM (
            {_commitments_of_actions(f"{_ACTION.format('m')} {_brought('action')}")}
            UNION {
    _commitments_of_actions(
        f"{_ACTION.format('a')} (SELECT m.pact_id, m.action_id FROM {_brought('source')}) o {_CITED}"
    )
}
        ) n JOIN commitment c ON c.id = n.commitment_id
    ) p CROSS JOIN signatory s WHERE s.pact_id = p.pact_id AND s.signatory_id = p.signatory_id
"""
_NEW_ACTION = """
    SELECT c.pact_id, c.signatory_id FROM commitment c WHERE c.id = NEW.commitment_id
    UNION SELECT c.pact_id, c.signatory_id FROM action v JOIN commitment c ON c.id = v.commitment_id
    WHERE v.pact_id = NEW.pact_id AND v.action_id = NEW.action_id
    UNION SELECT c.pact_id, c.signatory_id FROM action t JOIN action v ON v.pact_id = t.pact_id
    AND v.action_id = t.action_id JOIN commitment c ON c.id = v.commitment_id
    WHERE t.seq = NEW.supersedes
"""
_REVIEWERS = "('reviewer', 'admin', 'operator')"


def rules() -> list[Guard]:
    return [*_two_pairs_of_eyes(), *_conflicts()]


def _two_pairs_of_eyes() -> list[Guard]:
    role, file = role_of(AUTHOR), "(SELECT author FROM entry WHERE seq = NEW.load_seq)"
    return [
        Guard(
            "load_accepted_by_operator",
            "INSERT",
            "load",
            f"NEW.accepted = 1 AND {AUTHOR} <> 'operator'",
            "load: only the operator accepts a file as a whole",
        ),
        Guard(
            "pact_by_operator",
            "INSERT",
            "pact",
            f"{AUTHOR} <> 'operator'",
            "pact: only the operator writes it",
        ),
        Guard(
            "link_check_by_operator",
            "INSERT",
            "link_check",
            f"{role} <> 'operator'",
            "link_check: only the operator records it",
        ),
        Guard(
            "redaction_by_admin",
            "INSERT",
            "redaction",
            f"{role} NOT IN {ADMINS}",
            "redaction: only an admin has texts removed",
        ),
        Guard(
            "row_withdrawal_by_admin",
            "INSERT",
            "row_withdrawal",
            f"{role} NOT IN {ADMINS}",
            "row_withdrawal: only an admin retracts",
        ),
        Guard(
            "review_by_another",
            "INSERT",
            "review",
            f"{AUTHOR} IN (SELECT e.author FROM entry e JOIN action a "
            "ON e.seq = a.seq OR e.seq = a.supersedes WHERE a.seq = NEW.action_seq)",
            "review: nobody reviews their own action, nor what corrects it",
        ),
        Guard(
            "review_by_reviewer",
            "INSERT",
            "review",
            f"{role} NOT IN {_REVIEWERS}",
            "review: only a reviewer decides",
        ),
        Guard(
            "review_of_no_file",
            "INSERT",
            "review",
            "EXISTS (SELECT 1 FROM entry WHERE seq = NEW.action_seq AND load_seq IS NOT NULL)",
            "review: a file is decided on as a whole",
        ),
        Guard(
            "load_review_of_what_waits",
            "INSERT",
            "load_review",
            "NOT EXISTS (SELECT 1 FROM load WHERE seq = NEW.load_seq AND accepted = 0) "
            "OR EXISTS (SELECT 1 FROM withdrawal WHERE load_seq = NEW.load_seq) "
            "OR coalesce((SELECT step FROM load_step WHERE load_seq = NEW.load_seq "
            "ORDER BY seq DESC LIMIT 1), 'whole') <> 'whole'",
            "load_review: the file does not wait",
        ),
        Guard(
            "load_step_by_its_author",
            "INSERT",
            "load_step",
            f"{file} <> {AUTHOR}",
            "load_step: only its author goes on with a file",
        ),
        # What came whole, or was decided of, stays as it is.
        Guard(
            "load_step_of_an_open_file",
            "INSERT",
            "load_step",
            "NOT EXISTS (SELECT 1 FROM load WHERE seq = NEW.load_seq AND accepted = 0 "
            "AND content <> 'pact') "
            "OR coalesce((SELECT step FROM load_step WHERE load_seq = NEW.load_seq "
            "ORDER BY seq DESC LIMIT 1), CASE WHEN NEW.seq = NEW.load_seq + 1 THEN 'part' END, "
            "'whole') <> 'part' "
            "OR EXISTS (SELECT 1 FROM load_review WHERE load_seq = NEW.load_seq) "
            "OR EXISTS (SELECT 1 FROM withdrawal WHERE load_seq = NEW.load_seq)",
            "load_step: the file is not open",
        ),
        # The operator accepts what the operator has written, in parts as well as whole.
        Guard(
            "load_review_by_another",
            "INSERT",
            "load_review",
            f"({AUTHOR} = {file}) <> ({file} = 'operator')",
            "load_review: nobody reviews their own file, nor that of the operator",
        ),
        Guard(
            "load_review_by_reviewer",
            "INSERT",
            "load_review",
            f"{role} NOT IN {_REVIEWERS}",
            "load_review: only a reviewer decides",
        ),
        Guard(
            "withdrawal_by_reviewer",
            "INSERT",
            "withdrawal",
            f"{role} NOT IN {_REVIEWERS} AND "
            f"(coalesce((SELECT author FROM entry WHERE seq = NEW.load_seq), '') <> {AUTHOR} "
            "OR EXISTS (SELECT 1 FROM load WHERE seq = NEW.load_seq AND accepted = 1) "
            "OR EXISTS (SELECT 1 FROM load_review WHERE load_seq = NEW.load_seq))",
            "withdrawal: only a reviewer takes back the file of another, or a file decided on",
        ),
        Guard(
            "reply_request_dropped_by_reviewer",
            "INSERT",
            "reply_request",
            f"{role} NOT IN {_REVIEWERS} AND EXISTS (SELECT 1 FROM reply_request q JOIN entry e "
            "ON e.seq = q.seq WHERE q.commitment_id = NEW.commitment_id AND q.seq < NEW.seq "
            f"AND q.way <> 'dropped' AND e.author <> {AUTHOR})",
            "reply_request: only a reviewer says that what another noted was a mistake",
            only="NEW.way = 'dropped'",
        ),
        Guard(
            "withdrawal_of_no_pact",
            "INSERT",
            "withdrawal",
            "NOT EXISTS (SELECT 1 FROM load WHERE seq = NEW.load_seq AND content <> 'pact')",
            "withdrawal: of a file, and not of a pact",
        ),
    ]


def _conflicts() -> list[Guard]:
    another = f"{AUTHOR} <> (SELECT author FROM entry WHERE seq = NEW.load_seq)"
    person = "SELECT NEW.pact_id AS pact_id, NEW.signatory_id AS signatory_id"
    reviewed = _PEOPLE_OF_ACTIONS.format(actions=("action a", "a.seq = NEW.action_seq"))
    cited = _PEOPLE_OF_ACTIONS.format(
        actions=("action a", "a.pact_id = NEW.pact_id AND a.action_id = NEW.action_id")
    )
    asked = "SELECT pact_id, signatory_id FROM commitment WHERE id = NEW.commitment_id"
    retracted = " UNION ".join(sql.format(seq="NEW.target_seq") for sql in PEOPLE_OF.values())
    communes = COMMUNES_OF_FILE.replace(":load", "NEW.load_seq")
    found = {
        "signatory": f"{_tied_to('(NEW.commune)')} OR {_tied(person)}",
        **dict.fromkeys(ABOUT_PEOPLE, _tied(person)),
        "action": _tied(_NEW_ACTION),
        "source": _tied(cited),
        "review": _tied(reviewed),
        "reply_request": _tied(asked),
        "rating": _tied_by_department(asked),
        "rating_end": _tied_by_department(asked),
        "row_withdrawal": _tied(retracted),
        "load_review": _tied_to(f"({communes})"),
        "withdrawal": f"{another} AND {_tied_to(f'({communes})')}",
    }
    return [
        Guard(
            f"{table}_conflict_of_interest",
            "INSERT",
            table,
            f"EXISTS (SELECT 1 FROM account_commune) AND ({tied})",
            conflict_refusal(table),
        )
        for table, tied in found.items()
    ]


def conflict_refusal(table: str) -> str:
    """What the database says where the author of an entry of that table is tied to what it is about."""
    return f"{table}: a conflict of interest"


def _tied_to(communes: str) -> str:
    """Whether the author of the entry is tied to one of these communes, as SQL."""
    return (
        f"EXISTS (SELECT 1 FROM account_commune WHERE name = {AUTHOR}) AND EXISTS "
        f"(SELECT 1 FROM account_commune WHERE name = {AUTHOR} AND commune IN {communes})"
    )


def _tied(people: str) -> str:
    """The same of the communes, present and former, of these people: each is found by the index."""
    return _tied_to(
        f"(SELECT s.commune FROM ({people}) p CROSS JOIN signatory s "
        "WHERE s.pact_id = p.pact_id AND s.signatory_id = p.signatory_id)"
    )


def _tied_by_department(people: str) -> str:
    """The same of any commune in the department of one of these: of whoever reads a sample blind."""
    theirs = (
        f"SELECT {sql_department('s.commune')} FROM ({people}) p CROSS JOIN signatory s "
        "WHERE s.pact_id = p.pact_id AND s.signatory_id = p.signatory_id"
    )
    return (
        f"EXISTS (SELECT 1 FROM account_commune WHERE name = {AUTHOR} "
        f"AND {sql_department('commune')} IN ({theirs}))"
    )


def sql_department(commune: str) -> str:
    """`areas.department_of` as SQL: what a commune shares with those of its department."""
    return (
        f"CASE WHEN length({commune}) = 5 AND ltrim({commune}, '0123456789AB') = '' "
        f"THEN 'department ' || substr({commune}, 1, CASE WHEN substr({commune}, 1, 2) "
        f"IN ('97', '98') THEN 3 ELSE 2 END) ELSE {commune} END"
    )
