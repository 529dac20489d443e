"""A signatory, a mandate or a whole file entered by mistake is taken back, with a reason."""

import pytest
from click.testing import CliRunner

from monitor import commands, export, status
from monitor.cli.main import main
from monitor.errors import Changed, InvalidRow, NotAllowed, NotFound, Refused
from monitor.models import RowOutcome
from monitor.queries.team import find_files
from monitor.snapshot import Snapshots, default_day, log_today
from monitor.store import open_store
from monitor.store.head import read_head
from monitor.store.journal import hash_at, verify_store
from tests.support.exports import load_export, printed_tables
from tests.support.retractions import (
    AFTER,
    LYON,
    MANDATES,
    PACT,
    PARIS,
    PEOPLE,
    fold_log,
    load,
    people,
)
from tests.support.team import LATER, team_of

ENGINES = ("sqlite", "postgres")


def binding(store, who: str, known_at=None) -> int:
    table, _ = fold_log(store, known_at)
    return int((table["binding"] & (table["signatory_id"] == who)).sum())


def row_of(store, content: str, who: str) -> str:
    """What the export of now says of somebody, as a file."""
    _, known = fold_log(store)
    table = getattr(known, content)
    columns = PEOPLE if content == "signatories" else MANDATES
    names = columns.strip().split(",")
    rows = table[table["signatory_id"] == who][names].fillna("").values.tolist()
    return columns + "".join(",".join(row) + "\n" for row in rows)


def errors(report) -> list[str]:
    return [error.code for error in report.errors]


def test_a_retracted_signatory_is_gone_from_then_on_and_the_log_keeps_it(store):
    with store.reading() as session:
        before, hash_ = read_head(session)
    commands.retract_row(store, None, "signatories", PACT, (PARIS,), "Homonyme.", AFTER)
    assert PARIS not in people(store) and LYON in people(store)
    assert PARIS in people(store, known_at=LATER)
    table, known = fold_log(store)
    log = Snapshots(store).current().log(PACT)
    theirs = log.commitments.index[log.commitments["signatory_id"] == PARIS]
    assert not set(theirs) & set(table["commitment"])
    standing = log.actions.commitment[log.actions.seq.searchsorted(known.everything.seq)]
    assert not set(theirs) & set(standing)
    found = verify_store(store)
    assert found.intact and found.entries == before + 1
    with store.reading() as session:
        assert hash_at(session, before) == hash_


def test_a_snapshot_that_was_read_before_follows(store):
    snapshots = Snapshots(store)
    assert PARIS in set(
        status.what_is_known(snapshots.current().log(PACT)).signatories["signatory_id"]
    )
    commands.retract_row(store, None, "signatories", PACT, (PARIS,), "Homonyme.", AFTER)
    again = status.what_is_known(snapshots.current().log(PACT))
    assert PARIS not in set(again.signatories["signatory_id"])


def test_a_retracted_mandate_binds_nobody_any_more(store):
    load(store, "signatories", PEOPLE + "late,Zoé Martin,75056,defeated\n")
    assert load(store, "mandates", MANDATES + "late,mayor,2015-05-01,,\n").loaded
    assert binding(store, "late") > 0
    commands.retract_row(
        store, None, "mandates", PACT, ("late", "mayor", "2015-05-01"), "Autre.", AFTER
    )
    assert binding(store, "late") == 0 and "late" in people(store)
    assert binding(store, "late", known_at=LATER) > 0


@pytest.mark.parametrize("content", ["signatories", "mandates"])
def test_a_retracted_row_is_loaded_again_only_as_newer(store, content):
    row = row_of(store, content, PARIS)
    before = binding(store, PARIS)
    if content == "signatories":
        commands.retract_row(store, None, "signatories", PACT, (PARIS,), "Homonyme.", AFTER)
    else:
        key = row.splitlines()[1].split(",")[:3]
        commands.retract_row(store, None, "mandates", PACT, tuple(key), "Homonyme.", AFTER)
    refused = load(store, content, row, now=AFTER)
    assert errors(refused) == ["conflict_row_retracted"]
    assert dict(refused.errors[0].values) == {"on": AFTER.date().isoformat(), "why": "Homonyme."}
    assert load(store, content, row, now=AFTER, newer=True).outcomes == {RowOutcome.CREATED: 1}
    assert binding(store, PARIS) == before
    assert load(store, content, row, now=AFTER).outcomes == {RowOutcome.UNCHANGED: 1}


def test_an_older_file_does_not_bring_back_what_was_retracted_since(store):
    wrong, right = (f"{PEOPLE}new,{name},75056,elected\n" for name in ("Faux Nom", "Zoé Martin"))
    load(store, "signatories", wrong)
    commands.retract_row(store, None, "signatories", PACT, ("new",), "Faux nom.", AFTER)
    assert load(store, "signatories", right, now=AFTER, newer=True).loaded
    assert errors(load(store, "signatories", wrong, now=AFTER)) == ["conflict_row_retracted"]


def test_what_waits_for_review_is_refused_as_well_until_it_is_said_to_be_newer(store):
    team, row = team_of(store), row_of(store, "signatories", PARIS)
    commands.retract_row(store, None, "signatories", PACT, (PARIS,), "Homonyme.", LATER)
    assert errors(load(store, "signatories", row, who=team.volunteer)) == ["conflict_row_retracted"]
    assert load(store, "signatories", row, who=team.volunteer, newer=True).loaded
    assert PARIS not in people(store)


@pytest.mark.parametrize("gone", ["signatory", "file"])
@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("new,Luc Deux,33063,elected\n", "other_commune"),
        ("new,Luc Deux,75056,elected\n", "other_person"),
    ],
)
def test_an_id_that_is_free_again_gives_nobody_the_entries_of_another(store, gone, row, code):
    load(store, "signatories", f"{PEOPLE}new,Zoé Martin,75056,elected\n")
    head = "action_id,signatory_id,measure,happened_on,summary\n"
    load(store, "actions", head + "n-1,new,1,2016-01-02,Zoé Martin ouvre un lieu.\n")
    if gone == "file":
        with store.reading() as session:
            files = find_files(session, "f.csv", PACT)
        (file,) = [one.seq for one in files if one.content == "signatories"]
        commands.withdraw_load(store, None, file, "Faux.", AFTER)
    else:
        commands.retract_row(store, None, "signatories", PACT, ("new",), "Homonyme.", AFTER)
    assert errors(load(store, "signatories", PEOPLE + row, now=AFTER)) == [f"conflict_{code}"]
    doubts = load(store, "signatories", PEOPLE + row, now=AFTER, newer=True, dry_run=True).doubts
    assert "inherits" in [doubt.code for doubt in doubts]


def test_an_id_of_whom_nothing_was_said_may_be_given_to_somebody_else(store):
    load(store, "signatories", f"{PEOPLE}new,Zoé Martin,75056,elected\n")
    commands.retract_row(store, None, "signatories", PACT, ("new",), "Homonyme.", AFTER)
    row = f"{PEOPLE}new,Luc Deux,33063,elected\n"
    assert errors(load(store, "signatories", row, now=AFTER)) == ["conflict_row_retracted"]
    report = load(store, "signatories", row, now=AFTER, newer=True)
    assert report.loaded and "inherits" not in [doubt.code for doubt in report.doubts]


def test_what_was_retracted_is_no_row_gone_from_the_next_file(store):
    both = PEOPLE + "one,Zoé Un,75056,elected\ntwo,Luc Deux,69123,elected\n"
    load(store, "signatories", both)
    commands.retract_row(store, None, "signatories", PACT, ("two",), "Erreur.", AFTER)
    report = load(store, "signatories", both.rsplit("two", 1)[0], now=AFTER)
    assert "row_gone" not in [doubt.code for doubt in report.doubts]


def retract(store, who=None, name=PARIS, reason="Homonyme."):
    return commands.retract_row(store, who, "signatories", PACT, (name,), reason, AFTER)


def test_nothing_is_retracted_twice(store):
    retract(store)
    with pytest.raises(Changed) as raised:
        retract(store)
    assert raised.value.code == "already_retracted"
    assert raised.value.values["why"] == "Homonyme."


def test_who_may_not_and_what_is_not_there(store):
    team = team_of(store)
    for who in (team.volunteer, team.reviewer):
        with pytest.raises(NotAllowed):
            retract(store, who)
    with pytest.raises(InvalidRow):
        retract(store, reason=" ")
    with pytest.raises(NotFound) as raised:
        retract(store, name="hidalgo-pari")
    assert PARIS in raised.value.values["near"]
    with pytest.raises(NotFound) as raised:
        commands.retract_row(
            store, None, "mandates", PACT, (PARIS, "mayor", "1999"), "Faux.", AFTER
        )
    assert raised.value.code == "no_such_mandate" and "mayor" in raised.value.values["near"]
    load(store, "signatories", PEOPLE + "waits,Zoé Un,75056,elected\n", who=team.volunteer)
    with pytest.raises(NotFound) as raised:
        retract(store, name="waits")
    assert raised.value.code == "row_not_accepted"
    commands.change_account(store, None, "Claude", communes=["75056"], now=LATER)
    with pytest.raises(Refused) as raised:
        retract(store, team.admin)
    assert raised.value.code == "conflict_of_interest"
    assert PARIS in people(store)


def test_the_figures_foretold_are_those_that_come(store):
    log = Snapshots(store).current().log(PACT)
    day = default_day(log.pact, log_today())
    with store.reading() as session:
        taken = commands.entries_taken(session, "signatories", PACT, (PARIS,))
    before, after = commands.consequences(log, taken, day)
    assert before.signatories == after.signatories + 1 and before.entries > after.entries
    retract(store)
    now, _ = commands.consequences(Snapshots(store).current().log(PACT), (), day)
    assert now == after


def test_the_answers_that_go_with_a_person_are_foretold_where_the_pact_has_answers(store):
    log = Snapshots(store).current().log(PACT)
    day = default_day(log.pact, log_today())
    silent = commands.consequences(log, (), day)
    assert not any("Réponses" in line for line in commands.changes_in_words(*silent, "fr"))
    load(store, "answers", f"signatory_id,measure,answer\n{PARIS},1,no\n{LYON},1,no\n")
    log = Snapshots(store).current().log(PACT)
    with store.reading() as session:
        taken = commands.entries_taken(session, "signatories", PACT, (PARIS,))
    lines = commands.changes_in_words(*commands.consequences(log, taken, day), "fr")
    assert "Réponses publiées\u00a0: 2 → 1" in lines, lines


def test_what_is_exported_has_no_retracted_row_and_says_the_same(store, tmp_path):
    retract(store)
    mandate = row_of(store, "mandates", LYON).splitlines()[1].split(",")[:3]
    commands.retract_row(store, None, "mandates", PACT, tuple(mandate), "Faux.", AFTER)
    export.publish_pact(store, PACT, tmp_path / "out", "csv")
    for name in ("signatories", "mandates", "actions"):
        assert PARIS not in (tmp_path / "out" / f"{name}.csv").read_text("utf-8")
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    other.create()
    load_export(other, tmp_path / "out", PACT)
    assert printed_tables(other, PACT) == printed_tables(store, PACT)


@pytest.mark.sqlite
def test_a_safety_copy_holds_the_retraction(store, tmp_path):
    retract(store)
    commands.back_up(store, tmp_path / "copy.db")
    copied = open_store(f"sqlite:///{tmp_path / 'copy.db'}")
    assert PARIS not in people(copied) and verify_store(copied).intact


def run(*arguments):
    return CliRunner(env={"LC_ALL": "en"}).invoke(main, ["retract", *map(str, arguments)])


def test_the_command_foretells_then_retracts(store):
    result = run("signatory", PARIS, "--reason", "Homonyme.", "--dry-run")
    assert result.exit_code == 0 and PARIS in people(store)
    done = run("signatory", PARIS, "--reason", "Homonyme.")
    assert done.exit_code == 0 and PARIS not in people(store)
    assert result.stderr.splitlines()[1:] == done.stderr.splitlines()[1:]
    again = run("signatory", PARIS, "--reason", "Homonyme.")
    assert again.exit_code == 1 and "Homonyme." in again.stderr
    assert run("signatory", LYON).exit_code == 2
    assert run("signatory", LYON, "--reason", " ").exit_code == 1
    mandate = row_of(store, "mandates", LYON).splitlines()[1].split(",")[:3]
    assert run("mandate", *mandate, "--reason", "Faux.").exit_code == 0


def test_a_file_is_retracted_by_its_name_or_its_number(store):
    for name in ("one", "two"):
        load(store, "signatories", f"{PEOPLE}{name},Zoé {name},75056,elected\n")
    several = run("file", "f.csv", "--reason", "Faux.")
    assert several.exit_code == 1
    with store.reading() as session:
        last, first = (one.seq for one in find_files(session, "f.csv", PACT))
    assert str(last) in several.stderr and str(first) in several.stderr
    assert run("file", last, "--reason", "Faux.", "--dry-run").exit_code == 0
    assert {"one", "two"} <= people(store)
    assert run("file", last, "--reason", "Faux.").exit_code == 0
    assert people(store) & {"one", "two"} == {"one"}
    assert run("file", "f.csv", "--reason", "Faux.").exit_code == 0
    assert run("file", "f.csv", "--reason", "Faux.").exit_code == 1
    assert run("file", "none.csv", "--reason", "Faux.").exit_code == 1


@pytest.mark.sqlite
def test_among_several_pacts_the_pact_is_asked_for(store):
    commands.load_demo(store, signatories=3)
    asked = run("signatory", PARIS, "--reason", "Homonyme.")
    assert asked.exit_code == 2 and "demo" in asked.stderr and PARIS in people(store)
    assert run("signatory", PARIS, "--pact", PACT, "--reason", "Homonyme.").exit_code == 0


@pytest.mark.parametrize("what", ["signatory", "mandate", "file"])
def test_a_wrongful_retraction_is_taken_back_and_all_is_as_before(store, what):
    rows = {
        "signatories": PEOPLE + "one,Zoé Un,33063,defeated\n",
        "mandates": MANDATES + "one,mayor,2014-04-05,2020-07-03,term_end\n",
    }
    header = "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
    for content, text in rows.items():
        assert load(store, content, text).loaded
    assert load(store, "actions", f"{header}a,one,1,2016,decided,Vote.,council_act,Acte\n").loaded
    before = fold_log(store)[0]
    if what == "signatory":
        commands.retract_row(store, None, "signatories", PACT, ("one",), "Faux.", AFTER)
    elif what == "mandate":
        commands.retract_row(
            store, None, "mandates", PACT, ("one", "mayor", "2014-04-05"), "Faux.", AFTER
        )
    else:
        with store.reading() as session:
            file = next(f for f in find_files(session, "f.csv", PACT) if f.content == "signatories")
        commands.withdraw_load(store, None, file.seq, "Faux.", AFTER)
    assert not fold_log(store)[0].equals(before)
    content = "mandates" if what == "mandate" else "signatories"
    again = load(store, content, rows[content], now=AFTER, newer=what != "file")
    assert again.outcomes == {RowOutcome.CREATED: 1}
    assert fold_log(store)[0].equals(before) and verify_store(store).intact
