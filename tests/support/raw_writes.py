"""Writes that go past our code: what a lawful row of each table is, and how to bend one thing of it."""

from typing import NamedTuple

from monitor import commands
from monitor.commands import samples
from monitor.commands.loading import file_in_memory
from monitor.commands.part_writing import append_step
from monitor.matching.matches import Judgement
from monitor.models import Decision, Role, Way
from monitor.store import heads
from monitor.store.guards.log import CONTENT
from monitor.store.journal import Journal
from tests.support.blind_ratings import draw_sample, give_rating, rate_twice
from tests.support.sample_plans import draft
from tests.support.team import LATER, action, sign_in, team_of

PACT = "mouves-2014"
PARISIAN = "hidalgo-paris"
#: After all that `fill` writes, while it is the 3rd where days begin first, and the 4th nowhere.
AT = "2026-03-02T10:00:00.000009Z"
HEADER = "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"


class Attack(NamedTuple):
    """`sqlite`: only SQLite can be attacked so, or only there does a guard stand against it."""

    guard: str
    statements: list[str]
    sqlite: bool = False


def fill(store) -> None:
    """Something in every table, on top of the packaged pact. Camille and Sacha are tied to Lyon; the
    accounts of Ancien (a volunteer) and Ancienne (a reviewer) are closed."""
    team = team_of(store)
    sign_in(store, "Ancien", Role.VOLUNTEER, LATER)
    sign_in(store, "Ancienne", Role.REVIEWER, LATER)

    def load(content, text, who=None):
        report = commands.load(
            store, content, file_in_memory(text), pact_id=PACT, name="f.csv", who=who, now=LATER
        )
        assert report.loaded, report.errors
        with store.reading() as session:
            ((seq,),) = session.rows("SELECT max(seq) FROM load")
        return seq

    load("areas", "code,name\n69123,Lyon\n")
    load("signatories", "signatory_id,name,commune,outcome,measures\npart,P,75056,elected,1\n")
    load("signatories", "signatory_id,name,commune,outcome\nmistake,Q,75056,elected\n")
    load("answers", "signatory_id,measure,answer,comment\npart,2,no,Trop cher.\n")
    load("details", "signatory_id,measure,in_charge\npart,1,Une adjointe\n")
    load("sources", "action_id,source_title\nlyo-005,Compte rendu\n")
    commands.retract_row(store, None, "signatories", PACT, ("mistake",), "Faux.", LATER)
    for name in ("decided", "wrong", "waiting"):
        seq = load(
            "actions", f"{HEADER}{name},collomb-lyon,1,2019,decided,x,report,y\n", team.other
        )
        if name == "decided":
            file = seq
            commands.review_load(store, team.second, seq, Decision.ACCEPTED, now=LATER)
        if name == "wrong":
            commands.withdraw_load(store, team.second, seq, "Faux.", LATER)
    done = commands.log_action(store, team.other, action(), LATER)
    commands.review_action(store, team.second, done.seq, Decision.ACCEPTED, now=LATER)
    waits = commands.log_action(store, team.other, action(request_id="1" * 32), LATER)
    commands.send_message(store, team.second, waits.seq, "Où est la source ?", LATER)
    mended = action(request_id="2" * 32, supersedes=done.action_id, reason="Autre lecture.")
    commands.log_action(store, team.volunteer, mended, LATER)
    commands.request_reply(
        store, team.second, PACT, "collomb-lyon", "1", Way.INVITED, LATER.date(), "Courriel", LATER
    )
    links = "url,status,checked_on\nhttps://exemple.invalid/deliberation,404,2026-03-02\n"
    assert commands.load_links(store, file_in_memory(links), name="l.csv", now=LATER).loaded
    plan = draft(store, PACT)
    samples.plan_sample(store, None, plan, LATER)
    samples.record_seed(store, None, PACT, "1", "4 12 23", LATER)
    samples.abandon_plan(store, None, PACT, "1", "Mal préparé.", LATER)
    # Of Paris: measure 2 was rated twice, and taken; measure 3 waits for it, with an assessment.
    drawn = draw_sample(store, PACT, LATER)
    give_rating(store, "Dominique", drawn, (PARISIAN, "3"), LATER)
    give_rating(store, "Claude", drawn, (PARISIAN, "3"), LATER)
    rate_twice(store, team, drawn, (PARISIAN, "2"), LATER)
    own = action(request_id="3" * 32, signatory_id=PARISIAN, measure="3")
    commands.log_action(store, team.other, own, LATER)
    commands.redact_entry(store, None, 20, "Ordonnance", LATER)
    commands.judge_match(
        store, team.second, PACT, "collomb-lyon", "0" * 64, LATER.date(), Judgement.SAME, LATER
    )
    stopped = commands.request_withdrawal(store, team.second, file, "Faux.", LATER)
    commands.stop_request(store, team.admin, stopped, "Il est juste.", LATER)
    commands.request_redaction(store, team.admin, 21, "Ordonnance", LATER)
    for name in ("Camille", "Sacha"):
        commands.change_account(store, None, name, communes=["69123"], now=LATER)
    commands.change_account(store, None, "Camille", departments=["13"], now=LATER)
    for name in ("Ancien", "Ancienne"):
        commands.change_account(store, None, name, active=False, now=LATER)
    with store.writing() as session:
        journal = Journal(session, "Dominique", LATER)
        opened = journal.append("load", [((PACT, "actions", "f.csv", 0), (), ())])
        append_step(journal, opened, "part")
        append_step(journal, opened, "abandoned")
        heads.give_head_out(session, "2026-03-02")
        session.insert(
            "rewriting",
            ("id", "after_id", "accepted_at", "seq", "hash", "reason"),
            [(1, 0, "2026-03-02", 1, "0" * 64, "Ordonnance.")],
        )
        session.insert(
            "column_match",
            ("pact_id", "content", "titles", "columns", "matched_at"),
            [("mouves-2014", "actions", "0" * 64, "{}", "2026-03-02T09:00:00.000000Z")],
        )
        session.insert(
            "mended_cell",
            ("load_seq", "line", "column_name"),
            [(session.rows("SELECT max(seq) FROM load")[0][0], 2, "status")],
        )
        session.insert(
            "proposed_pact",
            ("author", "proposed_at", "digest", "files"),
            [("operator", "2026-03-02T09:00:00.000000Z", "0" * 64, "[]")],
        )
        session.insert("wiping", ("id", "until_seq", "wiped_at"), [(1, 0, "2026-03-02")])
        session.insert(
            "safety_copy", ("id", "made_at", "seq"), [(1, "2026-03-02T09:00:00.000000Z", 1)]
        )
    commands.add_account(store, None, "Partie", Role.VOLUNTEER, now=LATER)
    commands.erase_account(store, "Partie", LATER)


def commitment(signatory: str, measure: str) -> str:
    return f"(SELECT id FROM commitment WHERE signatory_id = '{signatory}' AND measure_id = '{measure}')"


def seq_of(action_id: str) -> str:
    return f"(SELECT max(seq) FROM action WHERE action_id = '{action_id}')"


def file_of(action_id: str) -> str:
    return f"(SELECT load_seq FROM entry WHERE seq = {seq_of(action_id)})"


LYON, PARIS = commitment("collomb-lyon", "1"), commitment("hidalgo-paris", "1")
WAITING = f"web-{'1' * 16}"
OF_LYON, OF_PARIS = seq_of("lyo-005"), seq_of("par-006")
OPERATORS = file_of("lyo-005")
#: A lawful row of each table, as SQL over `head`: its `seq` is that of the last entry.
ROWS: dict[str, dict[str, str]] = {
    "load": {
        "pact_id": f"'{PACT}'",
        "content": "'actions'",
        "file_name": "'f.csv'",
        "accepted": "1",
    },
    "pact": {
        "pact_id": f"'{PACT}'",
        "rev": "2",
        "title": "'T'",
        "question": "NULL",
        "promoter": "'P'",
        "election": "'E'",
        "election_on": "'2014-03-30'",
        "term_start": "'2014-03-30'",
        "term_end": "'2020-07-05'",
        "language": "'fr'",
        "fictional": "0",
        "binding_offices": "'mayor'",
        "licence": "'L'",
        "measures": "'[]'",
    },
    "area": {"pact_id": f"'{PACT}'", "code": "'c'", "rev": "1", "name": "'n'"},
    "signatory": {
        "pact_id": f"'{PACT}'",
        "signatory_id": "'new'",
        "rev": "1",
        "commune": "'75056'",
        "signed_on": "'2014-03'",
        "outcome": "'elected'",
        "due_on": "'2020-01-01'",
    },
    "mandate": {
        "pact_id": f"'{PACT}'",
        "signatory_id": "'hidalgo-paris'",
        "office": "'deputy_mayor'",
        "started_on": "'2015'",
        "rev": "1",
        "ended_on": "'2016-02-29'",
        "end_reason": "'other'",
    },
    "answer": {
        "pact_id": f"'{PACT}'",
        "signatory_id": "'hidalgo-paris'",
        "measure": "'1'",
        "rev": "1",
        "answer": "'yes'",
        "answered_on": "'2014-02'",
    },
    "detail": {
        "pact_id": f"'{PACT}'",
        "signatory_id": "'hidalgo-paris'",
        "measure": "'1'",
        "rev": "1",
        "due_on": "'2018-01-01'",
    },
    "action": {
        "pact_id": f"'{PACT}'",
        "action_id": "'new'",
        "version": "1",
        "first": "seq",
        "commitment_id": LYON,
        "rev": "50",
        "kind": "'note'",
        "status": "NULL",
        "happened_on": "'2016'",
        "source_kind": "NULL",
        "supersedes": "NULL",
    },
    "source": {
        "pact_id": f"'{PACT}'",
        "action_id": "'par-006'",
        "source_no": "'1'",
        "rev": "1",
        "source_kind": "'press'",
    },
    "review": {"action_seq": seq_of(WAITING), "decision": "'accepted'"},
    "redaction": {"target_seq": OF_LYON, "reason": "'r'"},
    "load_step": {"load_seq": "seq - 1", "step": "'part'"},
    "load_review": {"load_seq": file_of("waiting"), "decision": "'accepted'"},
    "withdrawal": {"load_seq": file_of("waiting")},
    "row_withdrawal": {
        "target_seq": "(SELECT max(seq) FROM signatory WHERE signatory_id = 'part')"
    },
    "row_withdrawal_text": {"reason": "'x'"},
    "reply_request": {
        "pact_id": f"'{PACT}'",
        "commitment_id": LYON,
        "way": "'invited'",
        "asked_on": "'2026-03-02'",
    },
    "link_check": {"checked_on": "'2026-03-02'", "outcome": "'dead'"},
    "sample_plan": {"pact_id": f"'{PACT}'", "plan_id": "'next'", "content": "'{}'"},
    "sample_plan_text": {"dice": "'d'"},
    "sample_seed": {"pact_id": f"'{PACT}'", "plan_id": "'next'", "seed": "'4 12 23'"},
    "sample_end": {"pact_id": f"'{PACT}'", "plan_id": "'next'"},
    "sample_end_text": {"reason": "'r'"},
    "rating": {
        "pact_id": f"'{PACT}'",
        "plan_id": "'2'",
        "commitment_id": PARIS,
        "status": "'decided'",
        "happened_on": "'2016'",
        "source_kind": "'press'",
    },
    "rating_text": {"source_title": "'t'", "searched": "'s'"},
    "rating_end": {
        "pact_id": f"'{PACT}'",
        "plan_id": "'2'",
        "commitment_id": commitment(PARISIAN, "3"),
        "way": "'agreed'",
        "action_seq": seq_of(f"web-{'3' * 16}"),
    },
    "action_text": {"summary": "'x'"},
    "link_check_text": {"url": "'https://x.invalid/'", "status": "'404'"},
}
ASSESSED = {"kind": "'assessment'", "status": "'decided'", "source_kind": "'press'"}
FILE = {subject: content for content, subject in CONTENT.items()}
#: What must be there before a row is lawful, and is written with it.
BEFORE = {"sample_seed": "sample_plan", "sample_end": "sample_plan"}
AUTHORS = {
    "review": "Maxime",
    "load_step": "Dominique",
    "load_review": "Maxime",
    "withdrawal": "Maxime",
    "reply_request": "Maxime",
    "rating": "Maxime",
    "rating_end": "Maxime",
}
#: A lawful row of each table of the team's requests and acts: the next one.
NEXT: dict[str, dict[str, str]] = {
    "request": {
        "id": "coalesce(max(id), 0) + 1",
        "kind": "'withdrawal'",
        "target_seq": OPERATORS,
        "reason": "'r'",
        "order_reference": "NULL",
        "asked_by": "'Maxime'",
        "asked_at": f"'{AT}'",
        "due_at": f"'{AT.replace('-02T', '-03T')}'",
    },
    "request_end": {
        "id": "2",
        "way": "'confirmed'",
        "ended_by": "'Maxime'",
        "ended_at": f"'{AT}'",
        "why": "NULL",
    },
    "team_act": {
        "id": "max(id) + 1",
        "happened_at": "max(happened_at)",
        "actor": "'Claude'",
        "kind": "'link_made'",
        "about": "'Maxime'",
        "details": "NULL",
    },
}


def entry(subject="action", author="operator", load="NULL", at=AT, request="NULL", after=1) -> str:
    """The next entry of the log. Only its place is checked against the chain, not its hash."""
    return (
        "INSERT INTO entry (seq, recorded_at, author, subject, load_seq, request_id, salt, "
        f"texts_digest, hash) SELECT seq + {after}, '{at}', '{author}', '{subject}', {load}, "
        f"{request}, '{'0' * 32}', '', '{'1' * 64}' FROM head"
    )


def row(table: str, **values: str) -> str:
    given = {"seq": "seq", **ROWS.get(table, {}), **values}
    return f"INSERT INTO {table} ({', '.join(given)}) SELECT {', '.join(given.values())} FROM head"


def opened(content: str = "actions", author: str = "operator") -> list[str]:
    """A file that is open: its rows are to follow, by `load="seq"`."""
    accepted = "1" if author == "operator" else "0"
    return [entry("load", author), row("load", content=f"'{content}'", accepted=accepted)]


def write(subject: str, author: str | None = None, **values: str) -> list[str]:
    """An entry and its row, without texts; in a file of its own where rows come with a file."""
    author = author or AUTHORS.get(subject, "operator")
    if subject in FILE and subject != "action":
        before = opened(FILE[subject], author)
        return [*before, entry(subject, author, load="seq"), row(subject, **values)]
    before = write(BEFORE[subject]) if subject in BEFORE else []
    if subject == "load_step":
        before = opened(author=author)
    return [*before, entry(subject, author), row(subject, **values)]


def texts(subject: str, **values: str) -> list[str]:
    """The same with its texts."""
    return [*write(subject), row(f"{subject}_text", **values)]


def change(table: str, **values: str) -> str:
    """The next change of an account, or of its ties, that an admin makes."""
    column, value = ("role", "'volunteer'") if table == "account_change" else ("commune", "'75056'")
    flag = "active" if table == "account_change" else "tied"
    given = {
        "id": "max(id) + 1",
        "name": "'Dominique'",
        column: value,
        flag: "1",
        "changed_at": "'2026'",
        "changed_by": "'Claude'",
        **values,
    }
    names, made = ", ".join(given), ", ".join(given.values())
    return f"INSERT INTO {table} ({names}) SELECT {made} FROM {table}"


def following(table: str, **values: str) -> str:
    """The next request, end of a request or act; of the operator's file, by Maxime."""
    given = NEXT[table] | values
    names, made = ", ".join(given), ", ".join(given.values())
    return f"INSERT INTO {table} ({names}) SELECT {made} FROM {table}"


def numbered(signatory: str, measure: str, number="max(id) + 1", pact=PACT) -> str:
    made = f"{number}, '{pact}', '{signatory}', '{measure}'"
    return f"INSERT INTO commitment SELECT {made} FROM commitment"
