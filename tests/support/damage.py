"""A log that holds every subject, and the hand of an intruder who has the file."""

import sqlite3
from datetime import date

from monitor import commands
from monitor.commands import samples
from monitor.commands.loading import file_in_memory
from monitor.commands.part_writing import append_step
from monitor.models import Decision, Way
from monitor.store.journal import Journal
from monitor.store.subjects import SUBJECTS
from tests.support.blind_ratings import draw_sample, rate_twice
from tests.support.sample_plans import draft
from tests.support.team import LATER, LYON, action, team_of

#: What is said of commitments and of entries, by file.
WORDS = {
    "answers": "signatory_id,measure,answer,answered_on,comment,source_url\n"
    "hidalgo-paris,1,partly,2014-02,En partie.,https://exemple.invalid/reponse\n",
    "details": "signatory_id,measure,wording,due_on,in_charge,note\n"
    "hidalgo-paris,1,Autrement.,2018-06,La voirie,Une note.\n",
    "sources": "action_id,source_no,source_kind,source_title,source_publisher,source_url,quote\n"
    "lyo-005,2,press,Un titre,Un journal,https://exemple.invalid/article,Une phrase.\n",
}

#: The entry whose texts a court had removed.
REDACTED = 20


def fill(store) -> None:
    """Write at least one entry about each subject into a database with the packaged pact."""
    team = team_of(store)
    load_of = {"pact_id": "mouves-2014", "name": "f.csv", "now": LATER}
    areas = file_in_memory("code,name\nx,Ailleurs\n")
    assert commands.load(store, "areas", areas, **load_of).loaded
    entry = commands.log_action(store, team.volunteer, action(), LATER).seq
    commands.review_action(store, team.reviewer, entry, Decision.ACCEPTED, "Vérifié.", LATER)
    mandates = "signatory_id,office,started_on\nhavard-lyon,deputy_mayor,2014\n"
    for _ in range(2):
        assert commands.load(
            store, "mandates", file_in_memory(mandates), who=team.volunteer, **load_of
        ).loaded
        with store.reading() as session:
            ((file,),) = session.rows("SELECT max(seq) FROM load")
        commands.review_load(store, team.reviewer, file, Decision.ACCEPTED, "Vu.", LATER)
        commands.withdraw_load(store, None, file, "Faux.", LATER)
    commands.retract_row(
        store, None, "signatories", "mouves-2014", ("havard-lyon",), "Homonyme.", LATER
    )
    commands.request_reply(
        store,
        team.volunteer,
        "mouves-2014",
        LYON,
        "1",
        Way.INVITED,
        date(2026, 3, 1),
        "Courriel",
        LATER,
    )
    commands.redact_entry(store, None, REDACTED, "Ordonnance", LATER)
    links = "url,status,checked_on\nhttps://exemple.invalid/deliberation,404,2026-03-02\n"
    assert commands.load_links(store, file_in_memory(links), name="l.csv", now=LATER).loaded
    for file, rows in WORDS.items():
        assert commands.load(store, file, file_in_memory(rows), **load_of).loaded
    plan = samples.plan_sample(store, team.admin, draft(store, "mouves-2014"), LATER)
    samples.record_seed(store, team.admin, "mouves-2014", plan, "4 12 23", LATER)
    samples.abandon_plan(store, team.admin, "mouves-2014", plan, "Mal préparé.", LATER)
    plan = draw_sample(store, "mouves-2014", LATER)
    rate_twice(store, team, plan, ("hidalgo-paris", "1"), LATER)
    _begin_file(store)


def _begin_file(store) -> None:
    """What an account writes of a long file before its first row, and after its last."""
    facts = ", ".join(SUBJECTS["load"].facts)
    with store.writing() as session:
        ((author, *file),) = session.rows(
            f"SELECT author, {facts} FROM load l JOIN entry e ON e.seq = l.seq "
            "WHERE accepted = 0 AND author <> 'operator' ORDER BY l.seq DESC LIMIT 1"
        )
        journal = Journal(session, author, LATER)
        load = journal.append("load", [(tuple(file), (), ())])
        for step in ("part", "whole"):
            append_step(journal, load, step)


def intrude(store, *statements: str) -> None:
    """Run these on the file, without a guard and without a check."""
    connection = sqlite3.connect(store.path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("BEGIN")
    for (trigger,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.close()
