"""Writes that the database itself must refuse, each with the guard that must refuse it.

Every write is lawful but for one thing: what another guard refuses as well proves nothing.
"""

from typing import NamedTuple

from monitor import commands
from monitor.commands.loading import in_memory
from monitor.models import Decision, Role, Way
from monitor.store.guards import KEYS, TEXTS, sqlite_rules
from monitor.store.guards.log import CONTENT
from monitor.store.guards.values import DAYS, FREE, LENGTHS
from monitor.store.subjects import SUBJECTS
from tests.team import LATER, action, signed_in, team_of

PACT = "mouves-2014"
AT = "2026-03-02T10:00:00.000000Z"
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
    signed_in(store, "Ancien", Role.VOLUNTEER, LATER)
    signed_in(store, "Ancienne", Role.REVIEWER, LATER)

    def load(content, text, who=None):
        report = commands.load(store, content, in_memory(text), pact_id=PACT, name="f.csv",
                               who=who, now=LATER)  # fmt: skip
        assert report.loaded, report.errors
        with store.reading() as session:
            ((seq,),) = session.rows("SELECT max(seq) FROM load")
        return seq

    load("areas", "code,name\n69123,Lyon\n")
    load("signatories", "signatory_id,name,commune,outcome,measures\npart,P,75056,elected,1\n")
    for name in ("decided", "wrong", "waiting"):
        file = load("actions", f"{HEADER}{name},collomb-lyon,1,2019,decided,x,report,y\n",
                    team.other)  # fmt: skip
        if name == "decided":
            commands.review_load(store, team.second, file, Decision.ACCEPTED, now=LATER)
        if name == "wrong":
            commands.withdraw_load(store, team.second, file, "Faux.", LATER)
    done = commands.log_action(store, team.other, action(), LATER)
    commands.review(store, team.second, done.seq, Decision.ACCEPTED, now=LATER)
    waits = commands.log_action(store, team.other, action(request_id="1" * 32), LATER)
    commands.send(store, team.second, waits.seq, "Où est la source ?", LATER)
    mended = action(request_id="2" * 32, supersedes=done.action_id, reason="Autre lecture.")
    commands.log_action(store, team.volunteer, mended, LATER)
    commands.request_reply(store, team.second, PACT, "collomb-lyon", "1", Way.INVITED,
                           LATER.date(), "Courriel", LATER)  # fmt: skip
    links = "url,status,checked_on\nhttps://exemple.invalid/deliberation,404,2026-03-02\n"
    assert commands.load_links(store, in_memory(links), name="l.csv", now=LATER).loaded
    commands.redact(store, team.admin, 20, "Ordonnance", LATER)
    for name in ("Camille", "Sacha"):
        commands.change_account(store, team.admin, name, communes=["69123"], now=LATER)
    for name in ("Ancien", "Ancienne"):
        commands.change_account(store, team.admin, name, active=False, now=LATER)


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
    "load": {"pact_id": f"'{PACT}'", "content": "'actions'", "file_name": "'f.csv'",
             "accepted": "1"},
    "pact": {"pact_id": f"'{PACT}'", "rev": "2", "title": "'T'", "question": "NULL",
             "promoter": "'P'", "election": "'E'", "election_on": "'2014-03-30'",
             "term_start": "'2014-03-30'", "term_end": "'2020-07-05'", "language": "'fr'",
             "fictional": "0", "binding_offices": "'mayor'", "licence": "'L'", "measures": "'[]'"},
    "area": {"pact_id": f"'{PACT}'", "code": "'c'", "rev": "1", "name": "'n'"},
    "signatory": {"pact_id": f"'{PACT}'", "signatory_id": "'new'", "rev": "1",
                  "commune": "'75056'", "signed_on": "'2014-03'", "outcome": "'elected'",
                  "due_on": "'2020-01-01'"},
    "mandate": {"pact_id": f"'{PACT}'", "signatory_id": "'hidalgo-paris'",
                "office": "'deputy_mayor'", "started_on": "'2015'", "rev": "1",
                "ended_on": "'2016-02-29'", "end_reason": "'other'"},
    "action": {"pact_id": f"'{PACT}'", "action_id": "'new'", "version": "1", "first": "seq",
               "commitment_id": LYON, "rev": "50", "kind": "'note'", "status": "NULL",
               "happened_on": "'2016'", "source_kind": "NULL", "supersedes": "NULL"},
    "review": {"action_seq": seq_of(WAITING), "decision": "'accepted'"},
    "redaction": {"target_seq": OF_LYON, "reason": "'r'"},
    "load_review": {"load_seq": file_of("waiting"), "decision": "'accepted'"},
    "withdrawal": {"load_seq": file_of("waiting")},
    "reply_request": {"pact_id": f"'{PACT}'", "commitment_id": LYON, "way": "'invited'",
                      "asked_on": "'2026-03-02'"},
    "link_check": {"checked_on": "'2026-03-02'", "outcome": "'dead'"},
    "action_text": {"summary": "'x'"},
    "link_check_text": {"url": "'https://x.invalid/'", "status": "'404'"},
}  # fmt: skip
ASSESSED = {"kind": "'assessment'", "status": "'decided'", "source_kind": "'press'"}
FILE = {subject: content for content, subject in CONTENT.items()}
AUTHORS = {"review": "Maxime", "load_review": "Maxime", "withdrawal": "Maxime",
           "reply_request": "Maxime", "redaction": "Claude"}  # fmt: skip


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
    return [entry(subject, author), row(subject, **values)]


def texts(subject: str, **values: str) -> list[str]:
    """The same with its texts."""
    return [*write(subject), row(f"{subject}_text", **values)]


def change(table: str, **values: str) -> str:
    """The next change of an account, or of its ties, that an admin makes."""
    column, value = ("role", "'volunteer'") if table == "account_change" else ("commune", "'75056'")
    flag = "active" if table == "account_change" else "tied"
    given = {"id": "max(id) + 1", "name": "'Dominique'", column: value, flag: "1",
             "changed_at": "'2026'", "changed_by": "'Claude'", **values}  # fmt: skip
    names, made = ", ".join(given), ", ".join(given.values())
    return f"INSERT INTO {table} ({names}) SELECT {made} FROM {table}"


def numbered(signatory: str, measure: str, number="max(id) + 1", pact=PACT) -> str:
    made = f"{number}, '{pact}', '{signatory}', '{measure}'"
    return f"INSERT INTO commitment SELECT {made} FROM commitment"


MANUAL = {
    # The chain
    "a gap in the chain": Attack("entry_continues_the_chain", [entry(after=2)]),
    "a fork of the chain": Attack("entry_continues_the_chain", [entry(after=0)], sqlite=True),
    "an entry before the one before": Attack(
        "entry_clock", [entry(at="2026-03-02T09:59:59.999999Z")]
    ),
    "another entry of the same request": Attack("entry_no_replace", [
        entry(request="'r'"), entry(request="'r'").replace("INSERT", "REPLACE")
    ], sqlite=True),
    "a second head": Attack(
        "head_once", [f"INSERT INTO head VALUES (2, 0, '{'0' * 64}')"], sqlite=True
    ),
    "move the head": Attack("head_follows", ["UPDATE head SET seq = 3"]),
    "another hash of the head": Attack("head_follows", [f"UPDATE head SET hash = '{'2' * 64}'"]),
    "an unknown author": Attack("entry_author", [entry(author="nobody")]),
    "an unknown subject": Attack("entry_subject", [entry("rumour")]),
    "a time that is none": Attack("entry_time", [entry(at="z" * 27)]),
    "a time of a day that is none": Attack("entry_time", [entry(at=f"2027-02-30{AT[10:]}")]),
    "an hour that is none": Attack("entry_time", [entry(at="2026-03-03T24:00:00.000000Z")]),
    "a time of the future": Attack("entry_not_ahead", [entry(at=f"2099-01-01{AT[10:]}")]),
    "a request with too long a name": Attack(
        "entry_request_length", [entry(request=f"'{'x' * 101}'")]
    ),
    "a NUL in the name of a request": Attack(
        "entry_plain", [entry(request="'a' || char(0)")], sqlite=True
    ),
    "an action replaced by its revision": Attack("action_no_replace", [
        entry(), row("action", rev="1").replace("INSERT", "REPLACE")
    ], sqlite=True),
    "an action replaced by its version": Attack("action_no_replace", [
        entry(), row("action", action_id="'lyo-005'").replace("INSERT", "REPLACE")
    ], sqlite=True),
    # Files
    **{
        f"a row of {subject} without a file": Attack("entry_comes_with_a_file", [entry(subject)])
        for subject in FILE if subject != "action"
    },
    "an entry of another in the operator's file": Attack("entry_of_its_file", [
        *opened(), entry(author="Dominique", load="seq")
    ]),
    "an entry in a file of long ago": Attack("entry_of_its_file", [entry(load=OPERATORS)]),
    "an entry in one's file of long ago": Attack(
        "entry_of_its_file", [entry(author="Dominique", load=file_of("waiting"))]
    ),
    "an entry in a file after another one": Attack("entry_of_its_file", [
        *opened(), entry(load="seq"), entry(), entry(load="seq - 2")
    ]),
    "an entry in a file, later": Attack("entry_of_its_file", [
        *opened(), entry(load="seq", at="2026-03-02T11:00:00.000000Z")
    ]),
    "an entry in what is no file": Attack("entry_of_its_file", [entry(), entry(load="seq")]),
    "a pact in a file of actions": Attack("entry_of_its_file", [
        *opened(), entry("pact", load="seq")
    ]),
    "a pact among the actions of a file": Attack("entry_of_its_file", [
        *opened(), entry(load="seq"), entry("pact", load="seq - 1")
    ]),
    "a review in a file": Attack("entry_of_its_file", [*opened(), entry("review", load="seq")]),
    # Actions
    "an assessment without evidence": Attack("action_needs_evidence", [
        *write("action", **ASSESSED), row("action_text")
    ]),
    "a search without where": Attack("action_needs_evidence", [
        *write("action", **ASSESSED | {"status": "'no_evidence'"}),
        row("action_text", summary="NULL"),
    ]),
    "texts before what they are the texts of": Attack("action_text_after_its_row", [
        entry(), row("action_text")
    ]),
    "a correction without a reason": Attack("action_needs_reason", [
        *write("action", supersedes=OF_LYON), row("action_text")
    ]),
    "an action about no commitment": Attack(
        "action_of_a_commitment", write("action", commitment_id="9999")
    ),
    "an action about a commitment of another pact": Attack(
        "action_of_a_commitment", write("action", pact_id="'p'")
    ),
    "a version of another action": Attack("action_follows_its_version", write(
        "action", version="2", action_id="'lyo-006'", first=OF_LYON
    )),
    "a version of nothing": Attack("action_follows_its_version", write(
        "action", version="2", first=OF_LYON
    )),
    "a version too far": Attack("action_follows_its_version", write(
        "action", version="3", action_id="'lyo-005'", first=OF_LYON
    )),
    "no version": Attack("action_follows_its_version", write("action", version="0")),
    "a correction of somebody else's": Attack("action_supersedes_the_same", write(
        "action", supersedes=OF_PARIS
    )),
    "a retraction of somebody else's": Attack("action_supersedes_the_same", write(
        "action", kind="'retraction'", supersedes=OF_PARIS
    )),
    "a retraction of what is about another measure": Attack("action_supersedes_the_same", write(
        "action", kind="'retraction'", supersedes=OF_LYON,
        commitment_id=commitment("collomb-lyon", "2"),
    )),
    "a correction of what is no action": Attack("action_supersedes_the_same", write(
        "action", supersedes="1"
    )),
    "a correction of a later version": Attack("action_supersedes_the_same", [
        *write("action", action_id="'lyo-005'", version="2", first=OF_LYON),
        entry(), row("action", rev="51", supersedes="seq - 1"),
    ]),
    # Commitments
    "a negative commitment": Attack("commitment_numbered", [
        *write("signatory"), numbered("new", "1", "-1")
    ]),
    "a commitment too far": Attack("commitment_numbered", [
        *write("signatory"), numbered("new", "1", f"{2**62}")
    ]),
    "a commitment before its signatory": Attack("commitment_of_a_signatory", [numbered("f", "1")]),
    "a commitment to no measure": Attack(
        "commitment_to_a_measure", [numbered("collomb-lyon", "4")]
    ),
    "a commitment to no pact": Attack(
        "commitment_of_a_signatory", [numbered("collomb-lyon", "1", pact="p")]
    ),
    "a mandate of nobody": Attack(
        "mandate_of_a_signatory", write("mandate", signatory_id="'nobody'")
    ),
    "a reply asked for about nothing": Attack(
        "reply_request_of_a_commitment", write("reply_request", commitment_id="9999")
    ),
    "a check of no address": Attack("link_check_says_of_what", texts("link_check", url="NULL")),
    "a check that says nothing": Attack(
        "link_check_says_of_what", texts("link_check", status="NULL")
    ),
    # Two pairs of eyes
    "a file accepted by a volunteer": Attack("load_accepted_by_operator", [
        entry("load", "Dominique"), row("load")
    ]),
    "a file accepted by an admin": Attack("load_accepted_by_operator", [
        entry("load", "Claude"), row("load")
    ]),
    "a pact by a volunteer": Attack("pact_by_operator", write("pact", "Dominique")),
    "a pact by an admin": Attack("pact_by_operator", write("pact", "Claude")),
    "a check of a link by a volunteer": Attack(
        "link_check_by_operator", write("link_check", "Dominique")
    ),
    "texts removed by a volunteer": Attack("redaction_by_admin", write("redaction", "Dominique")),
    "texts removed by a reviewer": Attack("redaction_by_admin", write("redaction", "Maxime")),
    "texts removed of what has none": Attack(
        "redaction_of_texts", write("redaction", target_seq="1")
    ),
    "a review of one's own action": Attack("review_by_another", write("review", "Dominique")),
    "a review of what corrects one's own": Attack("review_by_another", write(
        "review", "Dominique", action_seq=seq_of(f"web-{'2' * 16}")
    )),
    "a review by a volunteer": Attack("review_by_reviewer", write("review", "Camille")),
    "a review of a file's action": Attack("review_of_no_file", write(
        "review", action_seq=seq_of("waiting")
    )),
    "a review of what is no action": Attack("review_of_an_action", write("review", action_seq="1")),
    "a decision on one's own file": Attack("load_review_by_another", write(
        "load_review", "Dominique"
    )),
    "a decision on a file by a volunteer": Attack("load_review_by_reviewer", write(
        "load_review", "Camille"
    )),
    "a decision on the operator's file": Attack("load_review_of_what_waits", write(
        "load_review", load_seq=OPERATORS
    )),
    "a decision on a file that was taken back": Attack("load_review_of_what_waits", write(
        "load_review", load_seq=file_of("wrong")
    )),
    "the operator's file taken back by a volunteer": Attack("withdrawal_by_reviewer", write(
        "withdrawal", "Dominique", load_seq=OPERATORS
    )),
    "the file of another taken back by a volunteer": Attack("withdrawal_by_reviewer", write(
        "withdrawal", "Camille"
    )),
    "one's own file taken back once decided on": Attack("withdrawal_by_reviewer", write(
        "withdrawal", "Dominique", load_seq=file_of("decided")
    )),
    "a pact taken back": Attack("withdrawal_of_no_pact", write("withdrawal", load_seq="1")),
    # Accounts
    "a second operator": Attack("account_one_operator", [
        "INSERT INTO account VALUES ('evil', 'operator', '2026')"
    ]),
    "an operator that is one no more": Attack("account_change_not_of_operator", [
        change("account_change", name="'operator'")
    ]),
    "an admin that a volunteer makes": Attack("account_change_by_admin", [
        change("account_change", role="'admin'", changed_by="'Dominique'")
    ]),
    "an account opened again by its owner": Attack("account_change_by_admin", [
        change("account_change", name="'Ancien'", changed_by="'Ancien'")
    ]),
    "a tie that a volunteer makes": Attack("account_tie_by_admin", [
        change("account_tie", changed_by="'Camille'")
    ]),
    "a tie of one's own": Attack("account_tie_by_another", [
        change("account_tie", name="'Claude'")
    ]),
    "a change of an account out of order": Attack("account_change_numbered", [
        change("account_change", id=f"{2**62}")
    ]),
    "a tie out of order": Attack("account_tie_numbered", [change("account_tie", id="-1")]),
    "a tie forgotten": Attack("account_commune_no_delete", ["DELETE FROM account_commune"]),
    "a tie moved": Attack("account_commune_no_update", ["UPDATE account_commune SET commune = 'x'"]),
    "a tie that nobody made": Attack("account_commune_says_a_tie", [
        "INSERT INTO account_commune VALUES ('Maxime', '69123')"
    ]),
    "an entry by a closed account": Attack("entry_author_is_active", [entry(author="Ancien")]),
    "a review by a closed account": Attack("entry_author_is_active", [entry("review", "Ancienne")]),
    # Conflicts of interest: Camille and Sacha are tied to Lyon
    "a signatory of one's commune": Attack("signatory_conflict_of_interest", write(
        "signatory", "Camille", commune="'69123'"
    )),
    "a signatory moved from one's commune": Attack("signatory_conflict_of_interest", write(
        "signatory", "Camille", signatory_id="'collomb-lyon'", rev="2"
    )),
    "a mandate in one's commune": Attack("mandate_conflict_of_interest", write(
        "mandate", "Camille", signatory_id="'collomb-lyon'"
    )),
    "an action about one's commune": Attack("action_conflict_of_interest", write(
        "action", "Camille"
    )),
    "a version that takes an action away from one's commune": Attack(
        "action_conflict_of_interest", write("action", "Camille", action_id="'lyo-005'",
        version="2", first=OF_LYON, commitment_id=PARIS)
    ),
    "a correction of what was about one's commune": Attack("action_conflict_of_interest", [
        *write("action", action_id="'lyo-005'", version="2", first=OF_LYON, commitment_id=PARIS),
        *write("action", "Camille", supersedes=OF_LYON.replace("max", "min"), commitment_id=PARIS,
               rev="51"),
    ]),
    "a review of one's commune": Attack("review_conflict_of_interest", write("review", "Sacha")),
    "a reply asked for in one's commune": Attack("reply_request_conflict_of_interest", write(
        "reply_request", "Camille"
    )),
    "a file about one's commune accepted": Attack("load_review_conflict_of_interest", write(
        "load_review", "Sacha"
    )),
    "a file about one's commune taken back": Attack("withdrawal_conflict_of_interest", write(
        "withdrawal", "Sacha"
    )),
    "a file that takes an action away from one's commune accepted": Attack(
        "load_review_conflict_of_interest", [
            *opened(author="Dominique"), entry(author="Dominique", load="seq"),
            row("action", action_id="'lyo-005'", version="2", first=OF_LYON, commitment_id=PARIS),
            entry("load_review", "Sacha"), row("load_review", load_seq="seq - 2"),
        ]
    ),
    "a file that corrects what was about one's commune accepted": Attack(
        "load_review_conflict_of_interest", [
            *write("action", action_id="'lyo-005'", version="2", first=OF_LYON,
                   commitment_id=PARIS),
            *opened(author="Dominique"), entry(author="Dominique", load="seq"),
            row("action", commitment_id=PARIS, rev="51", supersedes="seq - 3 - seq + " +
                OF_LYON.replace("max", "min") + " + 3"),
            entry("load_review", "Sacha"), row("load_review", load_seq="seq - 2"),
        ]
    ),
    "a file that moves a signatory from one's commune accepted": Attack(
        "load_review_conflict_of_interest", [
            *write("signatory", "Dominique", signatory_id="'collomb-lyon'", rev="2"),
            entry("load_review", "Sacha"), row("load_review", load_seq="seq - 2"),
        ]
    ),
    "a file of mandates in one's commune accepted": Attack("load_review_conflict_of_interest", [
        *write("mandate", "Dominique", signatory_id="'collomb-lyon'"),
        entry("load_review", "Sacha"), row("load_review", load_seq="seq - 2"),
    ]),
}  # fmt: skip


def made() -> dict[str, Attack]:
    """The attacks that follow from the lists of the guards themselves."""
    found = {}
    for table in ("entry", *KEYS, *TEXTS):
        key = {"entry": "seq", "account": "name"}.get(table, KEYS.get(table, [("seq",)])[0][0])
        found[f"update {table}"] = Attack(
            f"{table}_no_update", [f"UPDATE {table} SET {key} = {key}"]
        )
    for table, columns in TEXTS.items():
        last = f"(SELECT max(seq) FROM {table})"
        ordered = [entry("redaction", "Claude"), row("redaction", target_seq=last)]
        emptied = dict.fromkeys(("salt", *columns), "NULL")
        found[f"empty {table} without an order"] = Attack(
            f"{table}_no_update", [_set(table, emptied, last)]
        )
        for column in emptied:
            found[f"empty {table} but for {column}"] = Attack(
                f"{table}_no_update", [*ordered, _set(table, emptied | {column: "'x'"}, last)]
            )
    for table in ("entry", "head", *KEYS, *TEXTS):
        found[f"delete {table}"] = Attack(f"{table}_no_delete", [f"DELETE FROM {table}"])
    for table in (*KEYS, *TEXTS):
        found[f"replace {table}"] = Attack(
            f"{table}_no_replace", [f"REPLACE INTO {table} SELECT * FROM {table}"], sqlite=True
        )
    for name, about in SUBJECTS.items():
        other = "2" if name == "load" else "1"
        found[f"{name} without its entry"] = Attack(
            f"{name}_has_its_entry", [row(about.table, seq=other)]
        )
        if about.texts:
            found[f"{name}: texts of nothing"] = Attack(
                f"{about.text_table}_after_its_row", [row(about.text_table, seq="1")]
            )
    for table, columns in FREE.items():
        for column in columns:
            for what, value in (("a NUL", "'a' || char(0) || 'b'"), ("bytes", "x'61'")):
                found[f"{what} in {table}.{column}"] = Attack(
                    f"{table}_plain", _with(table, column, value), sqlite=True
                )
    for table, lengths in LENGTHS.items():
        for column, most in lengths.items():
            found[f"{table}.{column} too long"] = Attack(
                f"{table}_length", _with(table, column, f"'{'x' * (most + 1)}'")
            )
    for table, column, partial, ahead in DAYS:
        wrong = ["2019-02-29", "2019-04-31", "2019-13-01", "2019-01-00", "zzzz-zz-zz", "20190101",
                 "0018-01-01", "2200-01-01", ""]  # fmt: skip
        for value in [*wrong, *(["2019-13", "2019-1", "019"] if partial else ["2019-05", "2019"])]:
            found[f"{table}.{column}: « {value} »"] = Attack(
                f"{table}_{column}_day", write(table, **{column: f"'{value}'"})
            )
        if not ahead:
            found[f"{table}.{column} ahead"] = Attack(
                f"{table}_{column}_past", write(table, **{column: "'2026-03-03'"})
            )
    for name, about in SUBJECTS.items():
        if "rev" in about.facts:
            found[f"{name}: a revision too far"] = Attack(
                f"{name}_rev_small", write(name, rev="seq + 1")
            )
    return found


def _set(table: str, values: dict[str, str], seq: str) -> str:
    changes = ", ".join(f"{column} = {value}" for column, value in values.items())
    return f"UPDATE {table} SET {changes} WHERE seq = {seq}"


def _with(table: str, column: str, value: str) -> list[str]:
    """A row of a table in which one column holds that."""
    if table in SUBJECTS:
        return write(table, **{column: value})
    if table == "account":
        given = {"name": "'new'", "role": "'volunteer'", "created_at": "'2026'"} | {column: value}
        return [f"INSERT INTO account SELECT {', '.join(given.values())}"]
    if table == "account_tie":
        return [change(table, **{column: value})]
    return texts(table.removesuffix("_text"), **{column: value})


HOSTILE = {**made(), **MANUAL}
#: What the trigger of PostgreSQL on whole statements refuses in the same words.
SHARED = {"entry_continues_the_chain", "entry_clock"}
SQLITE_ONLY = {guard.name for guard in sqlite_rules()} - SHARED
