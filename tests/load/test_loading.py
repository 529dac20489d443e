"""Loading: idempotent by id, whole or not at all, and every refusal says why."""

import csv
import io
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor import commands, intake
from monitor.commands.loading import file_in_memory
from monitor.commands.setup import PACKAGED
from monitor.errors import NotFound
from monitor.store.journal import Journal, verify
from monitor.store.subjects import SUBJECTS
from tests.support.clock import NOW
from tests.support.loading import HEADER, ONE, PACT, entries, load

ENGINES = ("sqlite", "postgres")


def packaged(name: str) -> str:
    return (PACKAGED / name).read_text("utf-8")


@pytest.mark.parametrize("content", ["signatories", "mandates", "actions"])
def test_a_file_loaded_again_changes_nothing(store, content):
    report = load(store, packaged(f"{content}.csv"), content)
    assert set(report.outcomes) == {"unchanged"}
    assert entries(store) == 54


def test_the_pact_loaded_again_changes_nothing(store):
    with (PACKAGED / "pact.toml").open("rb") as file:
        report = commands.load_pact(store, file, name="pact.toml", now=NOW)
    assert report.outcomes == {"unchanged": 1}


def test_a_new_row_is_created_after_the_entry_of_its_file(store):
    assert load(store, HEADER + ONE).outcomes == {"created": 1}
    with store.reading() as session:
        assert session.rows("SELECT content, file_name FROM load WHERE seq = 55") == [
            ("actions", "file.csv")
        ]
    assert entries(store) == 56


def test_the_same_id_with_other_content_is_a_correction_and_the_old_version_stays(store):
    load(store, HEADER + ONE)
    report = load(store, HEADER + ONE.replace("decided", "in_progress"))
    assert report.outcomes == {"corrected": 1}
    with store.reading() as session:
        found = session.rows("SELECT version, status FROM action WHERE action_id = 'new-1'")
    assert found == [(1, "decided"), (2, "in_progress")]


def test_an_older_version_is_a_conflict_that_a_person_decides(store):
    load(store, HEADER + ONE)
    load(store, HEADER + ONE.replace("decided", "in_progress"))
    report = load(store, HEADER + ONE)
    assert report.outcomes == {"conflict": 1}
    assert [error.code for error in report.errors] == ["conflict_older_version"]


def test_what_a_person_has_corrected_is_not_overwritten(store):
    load(store, HEADER + ONE)
    with store.writing() as session:
        session.execute("INSERT INTO account VALUES ('v', 'volunteer', '2026-01-01')")
        ((first, number),) = session.rows(
            "SELECT first, commitment_id FROM action WHERE action_id = 'new-1'"
        )
        journal = Journal(session, "v", NOW)
        seq = journal.seq + 1
        facts, about = (PACT, "hand-1", 1, seq), SUBJECTS["action"]
        rest = (50, "note", None, "2018", None, first, *[None] * len(about.later_facts))
        texts = [{"summary": "s", "reason": "reason"}.get(name) for name in about.texts]
        journal.append(
            "action",
            [((*facts, "hidalgo-paris", "1", *rest), texts, ("s",))],
            columns=[(*facts, number, *rest)],
        )
    report = load(store, HEADER + ONE.replace("decided", "implemented"))
    assert [error.code for error in report.errors] == ["conflict_edited"]


def test_one_bad_row_leaves_the_log_as_it_was(store):
    bad = ONE.replace("new-1", "new-2").replace("decided", "promised")
    report = load(store, HEADER + ONE + bad)
    assert (report.loaded, report.outcomes) == (False, {"created": 1, "rejected": 1})
    assert entries(store) == 54


def test_the_good_rows_go_in_when_the_bad_ones_are_skipped(store):
    bad = ONE.replace("new-1", "new-2").replace("decided", "promised")
    report = load(store, HEADER + ONE + bad, skip_rejected=True)
    assert report.loaded
    assert entries(store) == 56


def test_a_file_without_a_good_row_is_not_loaded_when_the_bad_ones_are_skipped(store):
    report = load(store, HEADER + ONE.replace("decided", "promised"), skip_rejected=True)
    assert (report.loaded, report.outcomes) == (False, {"rejected": 1})
    assert entries(store) == 54


def test_a_dry_run_says_what_would_happen_and_writes_nothing(store):
    report = load(store, HEADER + ONE, dry_run=True)
    assert (report.loaded, report.outcomes) == (False, {"created": 1})
    assert entries(store) == 54


def test_the_refused_rows_come_back_ready_to_be_corrected_and_loaded(store):
    rejects = io.StringIO()
    bad = ONE.replace("new-1", "new-2").replace("decided", "promised")
    load(store, HEADER + ONE + bad, skip_rejected=True, rejects=rejects)
    rejects.seek(0)
    (row,) = csv.DictReader(rejects)
    assert row["rejected_line"] == "3"
    assert "statut n’existe pas" in row["rejected_reason"]
    corrected = rejects.getvalue().replace("promised", "decided")
    assert load(store, corrected).outcomes == {"created": 1}


def test_a_correction_may_come_before_its_target_in_the_file(store):
    correction = "fix-1,hidalgo-paris,1,2018-03-01,,in_progress,Un acte,press,T,,new-1,Erreur\n"
    report = load(store, HEADER + correction + ONE)
    assert report.outcomes == {"created": 2}


def test_a_chain_of_corrections_in_the_wrong_order_is_put_right(store):
    row = "{},hidalgo-paris,1,2018-03-01,,in_progress,Un acte,press,T,,{},Erreur\n"
    text = HEADER + row.format("fix-2", "fix-1") + row.format("fix-1", "new-1") + ONE
    assert load(store, text).outcomes == {"created": 3}


def test_two_rows_that_supersede_each_other_are_refused(store):
    row = "{},hidalgo-paris,1,2018-03-01,,in_progress,Un acte,press,T,,{},Erreur\n"
    report = load(store, HEADER + row.format("a", "b") + row.format("b", "a"))
    assert [error.code for error in report.errors] == ["unknown_supersedes"] * 2


def test_an_unknown_target_is_refused_where_it_is_named(store):
    row = "fix-1,hidalgo-paris,1,2018-03-01,,in_progress,Un acte,press,T,,nothing,Erreur\n"
    (error,) = load(store, HEADER + row).errors
    assert (error.line, error.column, error.value, error.code) == (
        2,
        "supersedes",
        "nothing",
        "unknown_supersedes",
    )


def test_an_old_action_cannot_come_to_correct_a_newer_one(store):
    load(store, HEADER + ONE + ONE.replace("new-1", "new-2"))
    text = HEADER + ONE.replace("/1,,", "/1,new-2,Erreur")
    assert [error.code for error in load(store, text).errors] == ["supersedes_later"]


def test_a_measure_that_the_signatory_did_not_sign_is_refused(store):
    load(
        store,
        "signatory_id,name,commune,outcome,measures\nx,X Y,01004,elected,1;2\n",
        "signatories",
    )
    text = HEADER + ONE.replace("hidalgo-paris,1", "x,3")
    assert [error.code for error in load(store, text).errors] == ["not_committed"]


def test_a_signatory_corrected_to_more_measures_has_more_commitments(store):
    row = "signatory_id,name,commune,outcome,measures\nx,X Y,01004,elected,{}\n"
    load(store, row.format("1"), "signatories")
    load(store, row.format("1;3"), "signatories")
    with store.reading() as session:
        rows = session.rows("SELECT measure_id FROM commitment WHERE signatory_id = 'x'")
    assert rows == [("1",), ("3",)]


def test_a_measure_that_somebody_signed_cannot_leave_the_pact(store):
    text = (PACKAGED / "pact.toml").read_text("utf-8")
    without = file_in_memory(text[: text.rindex("[[measures]]")])
    report = commands.load_pact(store, without, name="pact.toml", now=NOW)
    assert [error.code for error in report.errors] == ["measure_removed"]


def test_a_corrected_pact_is_a_new_version(store):
    text = (PACKAGED / "pact.toml").read_text("utf-8").replace("Le Pacte du Mouves", "Le Pacte")
    report = commands.load_pact(store, file_in_memory(text), name="pact.toml", now=NOW)
    assert report.outcomes == {"corrected": 1}
    with store.reading() as session:
        assert session.rows("SELECT title FROM pact ORDER BY rev") == [
            ("Le Pacte du Mouves",),
            ("Le Pacte",),
        ]


def test_areas_outside_the_packaged_communes_can_be_loaded_and_used(store):
    areas = "code,name,population,region_code,region\nBE-21004,Bruxelles,188000,BE,Belgique\n"
    load(store, areas, "areas")
    text = "signatory_id,name,commune\nx,X Y,BE-21004\n"
    assert load(store, text, "signatories").outcomes == {"created": 1}


def test_an_unknown_pact_is_named_with_those_that_exist(store):
    with pytest.raises(NotFound) as raised:
        load(store, HEADER + ONE, pact_id="mouve")
    assert raised.value.values == {"value": "mouve", "known": PACT}


def test_a_long_file_is_loaded_in_parts_and_as_a_whole(store, monkeypatch):
    monkeypatch.setattr("monitor.commands.loading.CHUNK", 7)
    monkeypatch.setattr("monitor.commands.loading.TOLD", 7)
    rows = "".join(ONE.replace("new-1", f"new-{n}") for n in range(50))
    seen = []
    report = load(store, HEADER + rows, progress=seen.append)
    assert report.outcomes == {"created": 50}
    assert seen == [7, 14, 21, 28, 35, 42, 49, 50]
    with store.reading() as session:
        assert session.rows("SELECT count(*) FROM load WHERE content = 'actions'") == [(2,)]
        assert verify(session).intact


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_reading_that_is_stopped_keeps_nothing_and_nobody_waiting(store, dry_run):
    class Stopped(BaseException):
        """As the framework ends the run of a page."""

    def stop(done):
        raise Stopped

    before = entries(store)
    with pytest.raises(Stopped):
        load(store, HEADER + ONE, progress=stop, dry_run=dry_run)
    assert entries(store) == before
    assert load(store, HEADER + ONE).outcomes == {"created": 1}


def test_many_refused_cells_are_counted_and_a_part_of_them_kept(store, monkeypatch):
    monkeypatch.setattr("monitor.commands.report.KEPT_ERRORS", 3)
    bad = "".join(ONE.replace("new-1", f"n{n}").replace("decided", "x") for n in range(9))
    report = load(store, HEADER + bad)
    assert (len(report.errors), report.refused_cells) == (3, 9)
    assert report.outcomes == Counter(rejected=9)


def test_many_doubts_are_counted_and_the_first_of_each_sort_kept(store, monkeypatch):
    monkeypatch.setattr("monitor.commands.report.KEPT_DOUBTS", 2)
    odd = [ONE.replace("new-1", f"n{n}").replace("Un acte", "idem") for n in range(9)]
    rows = HEADER + "".join(odd[:8]) + odd[8].replace("https://exemple", "www.exemple")
    report = load(store, rows, dry_run=True)
    codes = Counter(
        doubt.code for doubt in load(store, rows, dry_run=True, keeps_doubts=True).doubts
    )
    assert codes["says_nothing"] == 9 and report.doubt_count == codes.total()
    assert Counter(doubt.code for doubt in report.doubts) == {
        code: min(n, 2) for code, n in codes.items()
    }


def test_every_refused_row_is_written_out_and_the_first_of_them_to_a_page(store, monkeypatch):
    monkeypatch.setattr("monitor.commands.report.KEPT_REJECTS", 3)
    monkeypatch.setattr("monitor.commands.report.KEPT_ERRORS", 3)
    bad = "".join(ONE.replace("new-1", f"n{n}").replace("decided", "x") for n in range(9))
    for for_page, written in ((False, 9), (True, 3)):
        rejects = io.StringIO()
        report = load(store, HEADER + bad, rejects=rejects, for_page=for_page, dry_run=True)
        rows = [*csv.DictReader(io.StringIO(rejects.getvalue()))]
        assert [row["action_id"] for row in rows] == [f"n{n}" for n in range(written)]
        assert (report.rejects, report.refused, report.about) == (written, 9, set())


def test_a_text_without_end_is_not_kept_for_a_page(store, monkeypatch):
    monkeypatch.setattr("monitor.commands.report.KEPT_LETTERS", 5_000)
    rejects = io.StringIO()
    bad = "".join(ONE.replace("new-1", f"n{n}").replace("Un acte", "é" * 4_000) for n in range(9))
    assert load(store, HEADER + bad, rejects=rejects, for_page=True, dry_run=True).rejects == 2


ANY_ROW = st.sampled_from(
    [
        ONE,
        ONE.replace("new-1", "new-2"),
        ONE.replace("new-1", "fix").replace("/1,,", "/1,new-1,Erreur"),
        ONE.replace("decided", "promised"),
        ONE.replace("2018-03-01", "31/02/2018"),
        'new-9,hidalgo-paris,1,2018,"open\n',
        "\x00",
        ",,,\n",
    ]
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ANY_ROW, max_size=6), junk=st.binary(max_size=40))
def test_any_file_is_loaded_whole_or_not_at_all(store, rows, junk):
    before = entries(store)
    content = (HEADER + "".join(rows)).encode() + junk
    report = commands.load(
        store, "actions", io.BytesIO(content), pact_id=PACT, name="any.csv", now=NOW
    )
    written = report.outcomes["created"] + report.outcomes["corrected"]
    if report.loaded and written:
        assert not report.refused
        assert entries(store) == before + 1 + written
    else:
        assert entries(store) == before
    assert report.loaded or report.errors


@pytest.mark.parametrize("broken", ["new-2,hidalgo-paris,1,2019,assess\x00ment\n", 'new-2,"open\n'])
def test_a_file_that_is_not_read_to_its_end_is_refused_as_a_whole_even_if_one_skips(store, broken):
    report = load(store, HEADER + ONE + broken + ONE.replace("new-1", "new-3"), skip_rejected=True)
    assert (report.loaded, report.unread, report.refused) == (False, True, 1)
    assert load(store, HEADER + ONE).outcomes == {"created": 1}


def test_a_packaged_commune_keeps_its_name(store):
    report = load(store, "code,name\n75056,Paris autre\n", "areas")
    assert [(error.code, error.column) for error in report.errors] == [("packaged_commune", "name")]
    assert load(store, "code,name,epci\n75056,Paris,Métropole\n", "areas").loaded


def test_an_older_version_of_a_signatory_says_how_to_go_back_to_it(store):
    row = "signatory_id,name,commune\nx,{},01004\n"
    load(store, row.format("X Martin"), "signatories")
    load(store, row.format("X Martyn"), "signatories")
    (error,) = load(store, row.format("X Martin"), "signatories").errors
    assert error.code == "conflict_older_version"
    assert "page Importer" in intake.error_sentence(error, "fr")


@pytest.mark.parametrize("content", ["signatories", "mandates", "actions", "areas"])
def test_a_file_of_titles_only_loads_nothing_and_is_no_fault(store, content):
    before = entries(store)
    report = load(store, ",".join(intake.COLUMNS[content]) + "\n", content)
    assert (report.refused, sum(report.outcomes.values()), report.errors) == (0, 0, [])
    assert entries(store) == before


@pytest.mark.parametrize(
    ("hour", "day", "outcome"),
    [
        (9, "2026-03-03", "rejected"),
        (12, "2026-03-03", "created"),
        (23, "2026-03-03", "created"),
        (23, "2026-03-04", "rejected"),
        (12, "2026-03", "created"),
        (12, "2026-04", "rejected"),
    ],
)
def test_a_fact_may_date_from_a_day_that_has_begun_anywhere_on_earth(store, hour, day, outcome):
    now = NOW.replace(hour=hour)
    assert load(store, HEADER + ONE.replace("2018-03-01", day), now=now).outcomes == {outcome: 1}
    mandate = f"signatory_id,office,started_on\nhidalgo-paris,deputy_mayor,{day}\n"
    assert load(store, mandate, "mandates", now=now).outcomes == {outcome: 1}
    with store.reading() as session:
        assert verify(session).intact
