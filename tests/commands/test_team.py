"""The team's commands on a real database: log, review, reply, import, redact; and what they refuse."""

import io
import json
from collections import Counter
from datetime import date, timedelta

import pytest

from monitor import commands, export, queries, snapshot, status
from monitor.accounts import Bearer
from monitor.commands.loading import file_in_memory
from monitor.errors import Changed, InvalidRow, InvalidValue, NotAllowed, NotFound, Refused
from monitor.models import Decision, Kind, Role, Way
from monitor.queries import team as backlog
from monitor.queries.waiting_replies import open_requests
from monitor.store.journal import verify
from tests.support.clock import NOW
from tests.support.team import LATER, LYON, action, sign_in

ENGINES = ("sqlite", "postgres")

DAY = date(2020, 7, 5)
PACT = "mouves-2014"


def log(store, who, **values) -> int:
    return commands.log_action(store, who, action(**values), LATER).seq


def accepted(store, team, **values) -> int:
    seq = log(store, team.volunteer, **values)
    commands.review_action(store, team.reviewer, seq, Decision.ACCEPTED, now=LATER)
    return seq


def standing(store, signatory=LYON, measure="1", known_at=None) -> str:
    table = status.fold(
        status.what_is_known(snapshot.Snapshots(store).current().log(PACT), known_at), DAY
    )
    row = table[(table["signatory_id"] == signatory) & (table["measure"] == measure)]
    return row["status"].iloc[0]


def public(store, seqs) -> list[int]:
    with store.reading() as session:
        return list(queries.published_actions(session, seqs, 10**6)["seq"])


def waiting(store) -> list[int]:
    with store.reading() as session:
        return list(backlog.pending_entries(session, PACT)["seq"])


def test_what_a_volunteer_logs_is_public_only_once_a_reviewer_has_accepted_it(store, team):
    before = standing(store)
    seq = log(store, team.volunteer, status="implemented")
    assert (standing(store), public(store, [seq]), waiting(store)) == (before, [], [seq])
    commands.review_action(store, team.reviewer, seq, Decision.ACCEPTED, now=LATER)
    assert (standing(store), public(store, [seq]), waiting(store)) == ("implemented", [seq], [])


def test_a_refused_entry_is_never_public_and_its_author_reads_why(store, team):
    before = standing(store)
    seq = log(store, team.volunteer, status="implemented")
    commands.review_action(
        store, team.reviewer, seq, Decision.REFUSED, "La source parle d'Oullins.", LATER
    )
    assert (standing(store), public(store, [seq]), waiting(store)) == (before, [], [])
    with store.reading() as session:
        (row,) = backlog.entries_of_account(session, "Camille", PACT).itertuples()
    assert (row.decision, row.reviewer, row.review_reason) == (
        "refused",
        "Sacha",
        "La source parle d'Oullins.",
    )


def test_a_refusal_needs_a_reason(store, team):
    seq = log(store, team.volunteer)
    with pytest.raises(InvalidRow) as refusal:
        commands.review_action(store, team.reviewer, seq, Decision.REFUSED, "  ", LATER)
    assert refusal.value.errors[0].code == "reason_missing"
    assert waiting(store) == [seq]


def test_nobody_reviews_their_own_entry(store, team):
    seq = log(store, team.reviewer)
    with pytest.raises(NotAllowed, match="own_work"):
        commands.review_action(store, team.reviewer, seq, Decision.ACCEPTED, now=LATER)
    commands.review_action(store, team.second, seq, Decision.ACCEPTED, now=LATER)


def test_a_second_decision_is_told_who_decided_first(store, team):
    seq = accepted(store, team)
    with pytest.raises(Changed, match="Sacha"):
        commands.review_action(store, team.second, seq, Decision.REFUSED, "non", LATER)


REFUSED_WRITES = {
    "log": lambda store, who: commands.log_action(store, who, action(), LATER),
    "review": lambda store, who: commands.review_action(
        store, who, 20, Decision.ACCEPTED, now=LATER
    ),
    "review_load": lambda store, who: commands.review_load(
        store, who, 1, Decision.ACCEPTED, now=LATER
    ),
    "withdraw_load": lambda store, who: commands.withdraw_load(store, who, 3, "erreur", LATER),
    "redact": lambda store, who: commands.redact_entry(store, who, 20, "décision", LATER),
    "send": lambda store, who: commands.send_message(store, who, 20, "pourquoi ?", LATER),
    "request_reply": lambda store, who: commands.request_reply(
        store, who, PACT, LYON, "1", Way.CLAIMED, date(2020, 1, 1), now=LATER
    ),
    "save_draft": lambda store, who: commands.save_draft(store, who, "saisie", "{}", LATER),
    "load": lambda store, who: commands.load(
        store, "actions", file_in_memory("x"), pact_id=PACT, name="x.csv", who=who, now=LATER
    ),
    "add_account": lambda store, who: commands.add_account(store, who, "X", Role.ADMIN, now=LATER),
    "new_link": lambda store, who: commands.new_link(store, who, "Camille", LATER),
    "change_account": lambda store, who: commands.change_account(
        store, who, "Camille", Role.ADMIN, now=LATER
    ),
    "admit": lambda store, who: commands.admit_identity(
        store, who, "i", "s", "X", Role.ADMIN, LATER
    ),
}
NEEDS = {
    "review": Role.REVIEWER,
    "review_load": Role.REVIEWER,
    "withdraw_load": Role.REVIEWER,
    "send": Role.REVIEWER,
    "redact": Role.ADMIN,
    "add_account": Role.ADMIN,
    "new_link": Role.ADMIN,
    "change_account": Role.ADMIN,
    "admit": Role.ADMIN,
}


@pytest.mark.parametrize("command", REFUSED_WRITES)
def test_nobody_writes_without_being_signed_in(store, team, command):
    head = snapshot.Snapshots(store).current().head
    with pytest.raises(NotAllowed, match="not_signed_in"):
        REFUSED_WRITES[command](store, Bearer(token="forged"))
    assert snapshot.Snapshots(store).current().head == head


@pytest.mark.parametrize("command", NEEDS)
def test_a_role_below_the_one_needed_is_refused_and_the_refusal_is_logged(
    store, team, command, caplog
):
    who = team.volunteer if NEEDS[command] is Role.REVIEWER else team.second
    with pytest.raises(NotAllowed, match="not_allowed"):
        REFUSED_WRITES[command](store, who)
    if command not in ("withdraw_load", "send"):  # these ask first whose work it is
        assert "refused" in caplog.text


def test_the_same_request_twice_writes_once(store, team):
    once = action(status="implemented")
    first = commands.log_action(store, team.volunteer, once, LATER)
    second = commands.log_action(store, team.volunteer, once, LATER)
    assert (second.seq, second.already) == (first.seq, True)
    assert waiting(store) == [first.seq]


def test_of_two_volunteers_on_one_commitment_the_second_is_shown_what_changed(store, team):
    with store.reading() as session:
        rev = backlog.commitment_revision(session, PACT, LYON, "1")
    first = log(store, team.volunteer, seen_rev=rev)
    with pytest.raises(Changed) as refusal:
        log(store, team.other, seen_rev=rev, summary="Autre chose.")
    assert refusal.value.seqs == (first,)
    assert log(store, team.other, seen_rev=rev + 1, summary="Autre chose.") > first


@pytest.mark.parametrize(
    ("values", "column", "code"),
    [
        ({"status": ""}, "status", "status_needed"),
        ({"status": "not_assessed"}, "status", "status_needed"),
        ({"happened_on": ""}, "happened_on", "required"),
        ({"happened_on": "hier"}, "happened_on", "not_a_date"),
        ({"happened_on": "31/02/2019"}, "happened_on", "no_such_day"),
        ({"happened_on": "2031"}, "happened_on", "future_date"),
        ({"source_title": "", "source_url": ""}, "source_title", "evidence_needed"),
        ({"source_kind": ""}, "source_kind", "evidence_needed"),
        (
            {"kind": Kind.REPLY, "status": "", "source_title": "", "source_url": ""},
            "source_title",
            "reply_source_needed",
        ),
        ({"source_url": "javascript:alert(1)"}, "source_url", "url_scheme"),
        ({"source_url": "https://a:b@c.fr"}, "source_url", "url_password"),
        ({"status": "no_evidence", "summary": ""}, "summary", "search_needed"),
        ({"summary": "x" * 2001}, "summary", "too_long"),
        ({"summary": "x\u202ey"}, "summary", "direction_character"),
        ({"measure": "9"}, "measure", "unknown_measure"),
        ({"signatory_id": "personne"}, "signatory_id", "unknown_signatory"),
        ({"signatory_id": "personne / Lyon"}, "signatory_id", "unknown_signatory"),
        ({"supersedes": "mouves-x", "reason": "r"}, "supersedes", "unknown_supersedes"),
        ({"supersedes": "mouves-x"}, "reason", "reason_needed"),
    ],
)
def test_a_field_that_cannot_be_taken_is_named_and_nothing_is_written(
    store, team, values, column, code
):
    with pytest.raises(InvalidRow) as refusal:
        log(store, team.volunteer, **values)
    assert (column, code) in [(error.column, error.code) for error in refusal.value.errors]
    assert waiting(store) == []


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("2019", "2019"),
        ("2019-12", "2019-12"),
        ("12/2019", "2019-12"),
        ("3/2019", "2019-03"),
        ("16/12/2019", "2019-12-16"),
        ("2019-12-16", "2019-12-16"),
    ],
)
def test_a_date_is_taken_as_precisely_as_it_is_known(store, team, typed, written):
    seq = log(store, team.volunteer, happened_on=typed)
    with store.reading() as session:
        (row,) = backlog.find_entry(session, seq).itertuples()
    assert row.happened_on == written


def test_an_account_tied_to_a_commune_can_neither_rate_nor_review_it(store, team):
    commands.change_account(store, team.admin, "Camille", communes=["69123"], now=LATER)
    commands.change_account(store, team.admin, "Sacha", communes=["69123"], now=LATER)
    with pytest.raises(Refused, match="conflict_of_interest"):
        log(store, team.volunteer)
    seq = log(store, team.other)
    with pytest.raises(Refused, match="conflict_of_interest"):
        commands.review_action(store, team.reviewer, seq, Decision.ACCEPTED, now=LATER)
    assert log(store, team.volunteer, signatory_id="hidalgo-paris") > seq


def test_the_author_corrects_an_accepted_entry_and_the_correction_counts_once_accepted(store, team):
    seq = accepted(store, team, status="implemented")
    with store.reading() as session:
        (row,) = backlog.find_entry(session, seq).itertuples()
    correction = log(
        store,
        team.volunteer,
        status="stalled",
        supersedes=row.action_id,
        reason="Le schéma a été suspendu.",
    )
    assert standing(store) == "implemented"
    commands.review_action(store, team.reviewer, correction, Decision.ACCEPTED, now=LATER)
    assert standing(store) == "stalled"


def test_an_accepted_retraction_restores_what_stood_before(store, team):
    before = standing(store)
    seq = accepted(store, team, status="implemented")
    with store.reading() as session:
        (row,) = backlog.find_entry(session, seq).itertuples()
    gone = log(
        store,
        team.volunteer,
        kind=Kind.RETRACTION,
        status="",
        supersedes=row.action_id,
        reason="Mauvaise ville.",
    )
    commands.review_action(store, team.reviewer, gone, Decision.ACCEPTED, now=LATER)
    assert standing(store) == before


@pytest.mark.parametrize("kind", [Kind.RETRACTION, Kind.ASSESSMENT])
def test_what_its_author_takes_back_before_a_review_leaves_the_queue(store, team, kind):
    first = action(status="implemented")
    commands.log_action(store, team.volunteer, first, LATER)
    again = log(
        store,
        team.volunteer,
        kind=kind,
        supersedes=first.action_id,
        reason="Erreur.",
        status="" if kind is Kind.RETRACTION else "decided",
    )
    assert waiting(store) == ([] if kind is Kind.RETRACTION else [again])


def test_a_correction_names_an_entry_of_its_own_commitment(store, team):
    other = action(measure="2")
    commands.log_action(store, team.volunteer, other, LATER)
    with pytest.raises(InvalidRow):
        log(store, team.volunteer, supersedes=other.action_id, reason="r")


def test_a_reviewer_asks_and_the_author_answers(store, team):
    seq = log(store, team.volunteer)
    commands.send_message(store, team.reviewer, seq, "Quelle page ?", LATER)
    commands.send_message(store, team.volunteer, seq, "La page 12.", LATER)
    with pytest.raises(NotAllowed):
        commands.send_message(store, team.other, seq, "Moi aussi", LATER)
    with store.reading() as session:
        messages = [(author, words) for author, _, words in backlog.entry_messages(session, seq)]
        (row,) = backlog.pending_entries(session, PACT).itertuples()
    assert messages == [("Sacha", "Quelle page ?"), ("Camille", "La page 12.")]
    assert row.last_message_by == "Camille"


def test_a_claimed_reply_stays_open_until_a_reply_is_published(store, team):
    commands.request_reply(
        store,
        team.volunteer,
        PACT,
        LYON,
        "1",
        Way.CLAIMED,
        date(2026, 3, 1),
        "Lettre du maire",
        LATER,
    )

    def open_now():
        with store.reading() as session:
            return [(row[1], row[2], row[3]) for row in open_requests(session, PACT)]

    assert open_now() == [(LYON, "1", "claimed")]
    reply = log(
        store,
        team.volunteer,
        kind=Kind.REPLY,
        status="",
        happened_on="2026-03-02",
        summary="Le maire répond que le schéma est appliqué.",
    )
    assert open_now() == [(LYON, "1", "claimed")]
    commands.review_action(store, team.reviewer, reply, Decision.ACCEPTED, now=LATER)
    assert open_now() == []
    with store.reading() as session:
        ((rows,),) = session.rows("SELECT action_id FROM action WHERE seq = :seq", seq=reply)
    taken_back = log(
        store,
        team.volunteer,
        kind=Kind.RETRACTION,
        status="",
        supersedes=rows,
        happened_on="2026-03-02",
        reason="Ce n’était pas le maire.",
    )
    assert open_now() == []
    commands.review_action(store, team.reviewer, taken_back, Decision.ACCEPTED, now=LATER)
    assert open_now() == [(LYON, "1", "claimed")]


@pytest.mark.parametrize("dated", ["2026-02-20", "2026", "2026-03"])
def test_a_published_reply_answers_a_claim_whatever_day_it_bears(store, team, dated):
    commands.request_reply(
        store, team.volunteer, PACT, LYON, "1", Way.CLAIMED, date(2026, 3, 1), now=LATER
    )
    accepted(store, team, kind=Kind.REPLY, status="", happened_on=dated, summary="Le maire répond.")
    with store.reading() as session:
        assert open_requests(session, PACT) == []


def test_a_reply_published_before_a_claim_does_not_answer_it(store, team):
    accepted(
        store, team, kind=Kind.REPLY, status="", happened_on="2026-03-02", summary="Une autre."
    )
    commands.request_reply(
        store, team.volunteer, PACT, LYON, "1", Way.CLAIMED, date(2026, 3, 1), now=LATER
    )
    with store.reading() as session:
        assert len(open_requests(session, PACT)) == 1


def test_a_reply_that_a_file_brings_answers_a_claim_as_long_as_the_file_stands(store, team):
    commands.request_reply(
        store, team.volunteer, PACT, LYON, "1", Way.CLAIMED, date(2026, 3, 1), now=LATER
    )
    reply = "action_id,signatory_id,measure,happened_on,kind,summary\n"
    assert load(store, team.volunteer, reply + "r1,collomb-lyon,1,2026-03-02,reply,Non.\n").loaded

    def count():
        with store.reading() as session:
            return len(open_requests(session, PACT))

    with store.reading() as session:
        ((file,),) = session.rows("SELECT max(seq) FROM load")
    assert count() == 1
    commands.review_load(store, team.reviewer, file, Decision.ACCEPTED, now=LATER)
    assert count() == 0
    commands.withdraw_load(store, None, file, "Mauvais fichier.", now=LATER)
    assert count() == 1


def test_a_reply_is_not_claimed_on_a_day_to_come(store, team):
    with pytest.raises(InvalidRow):
        commands.request_reply(
            store, team.volunteer, PACT, LYON, "1", Way.CLAIMED, date(2026, 3, 3), now=LATER
        )


FILE = (
    "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
    "f1,collomb-lyon,1,2019,implemented,Fait.,report,Bilan\n"
    "f2,collomb-lyon,2,2019,decided,Voté.,report,Bilan\n"
)


def load(store, who, text=FILE, content="actions", **options):
    return commands.load(
        store,
        content,
        file_in_memory(text),
        pact_id=PACT,
        name="bilan.csv",
        who=who,
        now=LATER,
        **options,
    )


def file_of(store) -> backlog.File:
    with store.reading() as session:
        return backlog.recent_files(session, PACT)[0]


def test_a_preview_writes_nothing_and_tells_what_becomes_of_each_row(store, team):
    head = snapshot.Snapshots(store).current().head
    rows = []
    text = FILE + "f3,personne,1,2019,decided,Voté.,report,Bilan\n"
    keep = lambda line, outcome, *rest: rows.append((line, outcome.value))  # noqa: E731
    report = load(store, team.volunteer, text, dry_run=True, on_row=keep)
    assert sorted(rows) == [(2, "created"), (3, "created"), (4, "rejected")]
    assert (report.loaded, snapshot.Snapshots(store).current().head) == (False, head)


def test_an_imported_file_waits_as_a_whole_and_is_accepted_as_a_whole(store, team):
    before = standing(store)
    assert load(store, team.volunteer).loaded
    assert (standing(store), file_of(store).state, file_of(store).rows) == (before, "pending", 2)
    commands.review_load(store, team.reviewer, file_of(store).seq, Decision.ACCEPTED, now=LATER)
    assert (standing(store), file_of(store).state) == ("implemented", "accepted")


def test_nobody_accepts_their_own_file(store, team):
    load(store, team.reviewer)
    with pytest.raises(NotAllowed, match="own_work"):
        commands.review_load(store, team.reviewer, file_of(store).seq, Decision.ACCEPTED, now=LATER)


def test_a_refused_file_never_counts_and_can_come_again(store, team):
    before = standing(store)
    load(store, team.volunteer)
    commands.review_load(store, team.reviewer, file_of(store).seq, Decision.REFUSED, "Non", LATER)
    assert (standing(store), file_of(store).state) == (before, "refused")
    assert load(store, team.volunteer).outcomes == Counter(created=2)


def test_an_import_is_withdrawn_as_a_whole_and_can_come_again(store, team):
    before = standing(store)
    load(store, team.volunteer)
    first = file_of(store).seq
    commands.review_load(store, team.reviewer, first, Decision.ACCEPTED, now=LATER)
    commands.withdraw_load(store, None, first, "Mauvais fichier.", LATER)
    assert (standing(store), file_of(store).state) == (before, "withdrawn")
    assert load(store, team.volunteer).outcomes == Counter(created=2)
    commands.review_load(store, team.reviewer, file_of(store).seq, Decision.ACCEPTED, now=LATER)
    assert standing(store) == "implemented"


def test_a_withdrawn_file_still_counts_as_known_before_its_withdrawal(store, team):
    load(store, team.volunteer)
    seq = file_of(store).seq
    commands.review_load(store, team.reviewer, seq, Decision.ACCEPTED, now=LATER)
    later = LATER + timedelta(hours=5)
    commands.withdraw_load(store, None, seq, "Mauvais fichier.", later)
    assert standing(store, known_at=later - timedelta(minutes=1)) == "implemented"
    assert standing(store, known_at=later) != "implemented"


def test_a_withdrawn_file_of_signatories_takes_its_people_away(store, team):
    text = "signatory_id,name,commune,outcome\nnouveau,Une Personne,33063,elected\n"
    load(store, team.volunteer, text, "signatories")
    people = lambda: set(  # noqa: E731
        status.what_is_known(snapshot.Snapshots(store).current().log(PACT)).signatories[
            "signatory_id"
        ]
    )
    assert "nouveau" not in people()
    commands.review_load(store, team.reviewer, file_of(store).seq, Decision.ACCEPTED, now=LATER)
    assert "nouveau" in people()
    commands.withdraw_load(store, None, file_of(store).seq, "Homonyme.", LATER)
    assert "nouveau" not in people()


def test_its_author_takes_a_file_back_only_before_the_decision(store, team):
    load(store, team.volunteer)
    with pytest.raises(NotAllowed):
        commands.withdraw_load(store, team.other, file_of(store).seq, "Non", LATER)
    commands.withdraw_load(store, team.volunteer, file_of(store).seq, "Erreur", LATER)
    load(store, team.volunteer)
    commands.review_load(store, team.reviewer, file_of(store).seq, Decision.ACCEPTED, now=LATER)
    with pytest.raises(NotAllowed):
        commands.withdraw_load(store, team.volunteer, file_of(store).seq, "Erreur", LATER)


def test_an_import_is_not_kept_if_the_log_changed_since_the_preview(store, team):
    seen = load(store, team.volunteer, dry_run=True).outcomes
    commands.load(store, "actions", file_in_memory(FILE), pact_id=PACT, name="autre.csv", now=LATER)
    report = load(store, team.volunteer, expected=seen)
    assert (report.loaded, report.outcomes) == (False, Counter(unchanged=2))


def test_a_running_snapshot_follows_every_decision_about_files(store, team):
    shots = snapshot.Snapshots(store)
    shots.current()
    load(store, team.volunteer)
    shots.current()
    commands.review_load(store, team.reviewer, file_of(store).seq, Decision.ACCEPTED, now=LATER)
    assert state_of(shots.current()) == state_of(snapshot.Snapshots(store).current())
    commands.withdraw_load(store, None, file_of(store).seq, "Non", LATER)
    assert state_of(shots.current()) == state_of(snapshot.Snapshots(store).current())


def state_of(shot) -> str:
    return status.fold(status.what_is_known(shot.log(PACT)), DAY).to_csv()


@pytest.mark.sqlite
def test_a_redaction_empties_every_version_and_the_chain_still_verifies(store, team):
    secret = "Phrase-que-la-cour-retire"
    seq = accepted(store, team, status="implemented", summary=secret, quote=secret)
    commands.send_message(
        store, team.volunteer, log(store, team.volunteer, summary="x"), "y", LATER
    )
    commands.redact_entry(store, None, seq, "Ordonnance du 2 mars 2026", LATER)
    with store.reading() as session:
        assert verify(session).intact
        (row,) = queries.published_actions(session, [seq], 10**6).itertuples()
        assert list(queries.search_entries(session, PACT, secret)) == []
    assert (row.summary, row.quote, row.redacted_seq is not None) == (None, None, True)
    assert standing(store) == "implemented"
    assert secret.encode() not in store.path.read_bytes()


def test_a_redacted_name_leaves_every_page_and_export(store, team):
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT seq FROM signatory WHERE signatory_id = 'havard-lyon'")
    shots = snapshot.Snapshots(store)
    shots.current()
    commands.redact_entry(store, None, seq, "Ordonnance", LATER)
    names = status.what_is_known(shots.current().log(PACT)).signatories["name"]
    assert "Michel Havard" not in set(names)
    with pytest.raises(Changed):
        commands.redact_entry(store, None, seq, "Ordonnance", LATER)


def test_a_draft_is_kept_word_by_word_and_replaced(store, team):
    commands.save_draft(store, team.volunteer, "saisie", json.dumps({"summary": "un"}), LATER)
    commands.save_draft(store, team.volunteer, "saisie", json.dumps({"summary": "deux"}), LATER)
    with store.reading() as session:
        assert json.loads(backlog.find_draft(session, "Camille", "saisie")[0]) == {
            "summary": "deux"
        }
        assert backlog.find_draft(session, "Dominique", "saisie") is None


@pytest.mark.sqlite
def test_a_backup_restores_to_the_same_head(store, team, tmp_path):
    log(store, team.volunteer)
    copy = tmp_path / "copie.db"
    head = commands.back_up(store, copy).head
    log(store, team.volunteer)
    found, kept = commands.restore_backup(store, copy)
    assert (found.head, kept.exists()) == (head, True)
    with store.reading() as session:
        assert verify(session).head == head


@pytest.mark.sqlite
def test_a_damaged_database_is_kept_aside_by_a_restore(store, tmp_path):
    copy = tmp_path / "copie.db"
    head = commands.back_up(store, copy).head
    store.path.write_bytes(b"ruin" * 4000)
    _, kept = commands.restore_backup(store, copy)
    assert kept.read_bytes().startswith(b"ruin")
    with store.reading() as session:
        assert verify(session).head == head


def test_a_backup_never_overwrites_a_file(store, tmp_path):
    copy = tmp_path / "copie.db"
    copy.write_text("something")
    with pytest.raises(InvalidValue, match="file_exists"):
        commands.back_up(store, copy)
    assert copy.read_text() == "something"


def test_a_missing_entry_cannot_be_reviewed(store, team):
    with pytest.raises(NotFound):
        commands.review_action(store, team.reviewer, 999, Decision.ACCEPTED, now=LATER)


def test_what_the_operator_loaded_is_not_reviewed_again(store, team):
    with pytest.raises(NotFound):
        commands.review_action(store, team.reviewer, 20, Decision.ACCEPTED, now=LATER)


def test_a_disabled_account_writes_no_more(store, team):
    commands.change_account(store, team.admin, "Camille", active=False, now=LATER)
    with pytest.raises(NotAllowed, match="not_signed_in"):
        log(store, team.volunteer)


def test_a_late_sign_in_is_needed_after_twelve_hours(store):
    who = sign_in(store, "Camille", Role.VOLUNTEER, NOW)
    with pytest.raises(NotAllowed, match="not_signed_in"):
        commands.log_action(store, who, action(), NOW + timedelta(hours=12, seconds=1))


def test_rejected_rows_are_given_back_to_be_corrected(store, team):
    rejects = io.StringIO()
    load(
        store,
        team.volunteer,
        FILE.replace("2019,implemented", "2031,implemented"),
        rejects=rejects,
        dry_run=True,
    )
    assert '"f1"' in rejects.getvalue() and '"f2"' not in rejects.getvalue()


def test_the_reply_stands_beside_the_rating_in_the_export(store, team):
    seq = log(
        store,
        team.volunteer,
        kind=Kind.REPLY,
        status="",
        happened_on="2020-03-02",
        summary="Le schéma est appliqué.",
    )

    def exported():
        shot = snapshot.Snapshots(store).current()
        known = status.what_is_known(shot.log(PACT))
        with store.reading() as session:
            last = status.last_replies(status.standing_replies(known, shot.log(PACT).actions), DAY)
            replied = export.reply_columns(session, shot.log(PACT), last)
        commitments = status.fold(known, DAY)
        details = export.detail_columns(session, known.details, commitments)
        table = export.commitment_table(commitments, replied, details)
        return table[(table["signatory_id"] == LYON) & (table["measure"] == "1")].iloc[0]

    assert exported()["reply"] is None
    commands.review_action(store, team.reviewer, seq, Decision.ACCEPTED, now=LATER)
    assert (exported()["reply"], exported()["reply_on"]) == (
        "Le schéma est appliqué.",
        "2020-03-02",
    )


def test_the_reply_stands_beside_every_entry_about_its_commitment_in_the_export(store, team):
    accepted(store, team, kind=Kind.REPLY, status="", happened_on="2020-03-02", summary="Non.")
    shot = snapshot.Snapshots(store).current()
    found = shot.log(PACT)
    known = status.what_is_known(found)
    with store.reading() as session:
        replied = export.reply_columns(
            session, found, status.last_replies(status.standing_replies(known, found.actions), DAY)
        )
        named = status.fold(known, DAY).loc[replied.index, ["signatory_id", "measure"]]
        seqs = found.actions.seq[found.actions.mask_visible(None)]
        table = export.action_table(
            session, seqs, known.everything.seq, shot.seq, named.join(replied)
        )
    own = (table["signatory_id"] == LYON) & (table["measure"] == "1")
    assert set(table["reply"][own]) == {"Non."} and set(table["reply_on"][own]) == {"2020-03-02"}
    assert table["reply"][~own].isna().all() and len(table) == len(seqs)
