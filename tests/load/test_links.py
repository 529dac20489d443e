"""Evidence that lasts: what link checkers found is in the log, read with each entry, asked of nobody."""

import csv
import io
import json
import socket

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor import commands, export, queries, snapshot
from monitor.cli.main import main
from monitor.commands.loading import file_in_memory
from monitor.errors import DatabaseOutdated
from monitor.models import Decision
from monitor.queries import team as backlog
from monitor.store import open_store
from monitor.store.journal import verify
from tests.support.clock import NOW
from tests.support.team import LATER, SOURCE, action, team_of

ENGINES = ("sqlite", "postgres")
PACT = "mouves-2014"
HEADER = "url,status,checked_on,archive_url\n"
URL = "https://exemple.invalid/acte"
COPY = "https://web.archive.org/web/2019/https://exemple.invalid/acte"
ACTIONS = (
    "action_id,signatory_id,measure,happened_on,status,source_kind,source_title,source_url\n"
    "l1,hidalgo-paris,1,2018-03-01,decided,press,Titre,{url}\n"
)


@pytest.fixture
def cited(store):
    """The packaged pact, and entry 56, which rests on URL."""
    assert commands.load(
        store,
        "actions",
        file_in_memory(ACTIONS.format(url=URL)),
        pact_id=PACT,
        name="a.csv",
        now=NOW,
    ).loaded
    return store


def check(store, rows: str, **options):
    options = {"name": "links.csv", "now": LATER, **options}
    return commands.load_links(store, file_in_memory(HEADER + rows), **options)


def head(store) -> int:
    with store.reading() as session:
        return session.rows("SELECT seq FROM head")[0][0]


def read(store, seq: int = 56, until: int | None = None):
    with store.reading() as session:
        return queries.published_entries(session, [seq], until or head(store))[0]


def checks_of(store) -> list[tuple]:
    with store.reading() as session:
        return session.rows(
            "SELECT k.checked_on, k.outcome, x.status FROM link_check k "
            "JOIN link_check_text x ON x.seq = k.seq ORDER BY k.seq"
        )


def test_a_check_is_an_entry_of_the_operator_and_the_chain_verifies(cited):
    report = check(cited, f"{URL},404 Not Found,2026-03-01,\n")
    assert (report.loaded, report.outcomes) == (True, {"created": 1})
    with cited.reading() as session:
        assert session.rows(
            "SELECT author, subject, load_seq FROM entry ORDER BY seq DESC LIMIT 1"
        ) == [("operator", "link_check", None)]
        assert verify(session).intact
    assert checks_of(cited) == [("2026-03-01", "dead", "404 Not Found")]


def test_the_same_check_again_changes_nothing(cited):
    rows = f"{URL},404,2026-03-01,\n"
    check(cited, rows)
    assert check(cited, rows).outcomes == {"unchanged": 1}
    assert head(cited) == 57
    assert check(cited, f"{URL},404,2026-03-01,{COPY}\n").outcomes == {"created": 1}
    assert check(cited, rows).outcomes == {"unchanged": 1}


def test_an_address_that_the_log_does_not_have_is_counted_and_not_recorded(cited):
    report = check(cited, f"https://ailleurs.invalid/,200,2026-03-01,\n{URL},200,2026-03-01,\n")
    assert report.outcomes == {"created": 1, "unknown": 1}
    assert report.unknown == ["https://ailleurs.invalid/"]
    assert len(checks_of(cited)) == 1


def test_of_an_address_twice_the_last_check_counts_by_date_then_by_line(cited):
    report = check(cited, f"{URL},404,2026-03-02,\n{URL},200,2026-02-01,\n{URL},500,2026-03-02,\n")
    assert report.outcomes == {"created": 2, "overtaken": 1}
    assert checks_of(cited) == [("2026-02-01", "alive", "200"), ("2026-03-02", "unclear", "500")]
    assert read(cited).link_said == "500"


def test_an_older_check_that_comes_later_does_not_count(cited):
    check(cited, f"{URL},404,2026-03-02,\n")
    check(cited, f"{URL},200,2026-02-01,\n")
    assert read(cited).link_status == "dead"


def test_one_bad_row_leaves_the_log_as_it_was_and_comes_back_to_be_corrected(cited):
    rows = f"{URL},404,2026-03-01,\n{URL},,2026-03-02,\n"
    rejects = io.StringIO()
    report = check(cited, rows, rejects=rejects)
    assert (report.loaded, report.outcomes) == (False, {"created": 1, "rejected": 1})
    assert checks_of(cited) == []
    (row,) = csv.DictReader(io.StringIO(rejects.getvalue()))
    assert (row["rejected_line"], row["url"]) == ("3", URL)
    assert check(cited, rows, skip_rejected=True).loaded
    assert len(checks_of(cited)) == 1


def test_a_dry_run_says_what_would_happen_and_writes_nothing(cited):
    report = check(cited, f"{URL},404,2026-03-01,\n", dry_run=True)
    assert (report.loaded, report.outcomes, checks_of(cited)) == (False, {"created": 1}, [])


def test_an_entry_is_read_with_the_last_check_of_its_source_up_to_a_time_of_knowledge(cited):
    check(cited, f"{URL},200,2026-01-01,{COPY}\n")
    before = head(cited)
    check(cited, f"{URL},404 Not Found,2026-03-01,\n")
    now, then, never = read(cited), read(cited, until=before), read(cited, until=56)
    assert now[-4:] == ("2026-03-01", "dead", "404 Not Found", COPY)
    assert then[-4:] == ("2026-01-01", "alive", "200", COPY)
    assert never[-4:] == (None, None, None, None)


def test_addresses_as_long_as_the_log_takes_them_are_told_apart(cited):
    long = "https://exemple.invalid/" + "é" * 1_970
    assert commands.load(
        cited,
        "actions",
        file_in_memory(ACTIONS.format(url=long + "a")),
        pact_id=PACT,
        name="b.csv",
        now=NOW,
    ).loaded
    report = check(cited, f"{long}a,404,2026-03-01,\n{long}b,200,2026-03-02,\n")
    assert report.outcomes == {"created": 1, "unknown": 1}
    assert read(cited, 58).link_status == "dead"


def test_a_dead_source_without_a_copy_is_found_until_somebody_finds_one(cited):
    def dead() -> list:
        with cited.reading() as session:
            return queries.entries_with_dead_sources(session)

    assert dead() == []
    check(cited, f"{URL},404,2026-03-01,\n")
    assert dead() == [56]
    check(cited, f"{URL},404,2026-03-02,{COPY}\n")
    assert dead() == []


def test_a_source_that_answers_again_is_not_dead(cited):
    check(cited, f"{URL},404,2026-03-01,\n{URL},200,2026-03-02,\n")
    with cited.reading() as session:
        assert queries.entries_with_dead_sources(session) == []


def test_a_court_s_order_empties_the_checks_of_an_address_that_no_other_entry_has(cited):
    team = team_of(cited)
    with cited.reading() as session:
        ((shared,),) = session.rows("SELECT source_url FROM action_text WHERE seq = 20")
    own = commands.log_action(cited, team.volunteer, action(source_url=shared), LATER).seq
    check(cited, f"{URL},404,2026-03-01,{COPY}\n{shared},404,2026-03-01,\n")
    commands.redact_entry(cited, None, 56, "Ordonnance.", LATER)
    commands.redact_entry(cited, None, own, "Ordonnance.", LATER)
    with cited.reading() as session:
        urls = session.rows("SELECT url FROM link_check_text ORDER BY seq")
        assert verify(session).intact
    assert sorted(urls, key=str) == sorted([(None,), (shared,)], key=str)
    assert read(cited, 20).link_status == "dead"


def test_the_list_has_the_public_standing_addresses_once(cited):
    team = team_of(cited)
    commands.log_action(cited, team.volunteer, action(source_url=f"{URL}/attend"), LATER)
    wrong = action(source_url=f"{URL}/faux")
    right = action(
        source_url=f"{URL}/juste", archive_url=COPY, supersedes=wrong.action_id, reason="Erreur."
    )
    for asked in (wrong, right):
        seq = commands.log_action(cited, team.volunteer, asked, LATER).seq
        commands.review_action(cited, team.reviewer, seq, Decision.ACCEPTED, now=LATER)
    log = snapshot.Snapshots(cited).current().log(PACT)
    with cited.reading() as session:
        found = export.address_table(session, log)
    assert len(found) == len(set(found))
    assert {URL, f"{URL}/juste", COPY} <= set(found)
    assert not {f"{URL}/attend", f"{URL}/faux"} & set(found)


def test_a_database_made_before_is_brought_up_to_date_and_its_chain_verifies(cited):
    with cited.reading() as session:
        before = verify(session)
    with cited.writing() as session:  # as it was before link checks
        for statement in (
            "DROP TABLE link_check_text",
            "DROP TABLE link_check",
            "DROP INDEX entry_alone_action",
            "DELETE FROM schema_version WHERE name = '0004_links.sql'",
        ):
            session.execute(statement)
    with pytest.raises(DatabaseOutdated), cited.reading():
        pass
    assert commands.init_database(cited) == []
    with cited.reading() as session:
        assert verify(session) == before
    assert check(cited, f"{URL},404,2026-03-01,\n").loaded
    with cited.reading() as session:
        assert verify(session).intact


def test_checks_go_with_a_copy_of_the_database(cited, tmp_path):
    check(cited, f"{URL},404,2026-03-01,{COPY}\n")
    other = open_store(f"sqlite:///{tmp_path / 'copie.db'}")
    assert commands.copy_database(cited, other).intact
    assert checks_of(other) == checks_of(cited)
    assert read(other) == read(cited)


@pytest.mark.sqlite
def test_the_last_check_is_found_by_its_index(cited):
    with cited.reading() as session:
        plan = "\n".join(
            row[-1]
            for row in session.rows(
                f"EXPLAIN QUERY PLAN {queries.published._SELECT} AND a.seq IN (56)",
                until=99,
            )
        )
    assert plan.count("SEARCH cx USING INDEX link_check_text_url") == 2
    assert "SCAN cx" not in plan and "SCAN c" not in plan.replace("SCAN CONSTANT", "")


@pytest.mark.sqlite
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.sampled_from(
            [
                f"{URL},404,2026-03-01,\n",
                f"{URL},200,2026-02-01,{COPY}\n",
                f"{URL},,2026-03-01,\n",
                "https://ailleurs.invalid/,200,2026-03-01,\n",
                f'{URL},"open,2026\n',
                "\x00",
                ",,,\n",
            ]
        ),
        max_size=6,
    ),
    junk=st.binary(max_size=40),
)
def test_any_file_is_loaded_whole_or_not_at_all(cited, rows, junk):
    before = head(cited)
    content = (HEADER + "".join(rows)).encode() + junk
    report = commands.load_links(cited, io.BytesIO(content), name="any.csv", now=LATER)
    assert report.loaded == (not report.refused)
    assert head(cited) - before == (report.outcomes["created"] if report.loaded else 0)
    assert report.loaded or report.errors


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.sqlite
def test_the_command_names_what_it_does_not_read_and_what_it_does_not_know(cited, tmp_path):
    file = tmp_path / "links.csv"
    file.write_text(
        f"Adresse;Code;Date;Taille\n{URL};404;2026-03-01;3\nhttps://ailleurs.invalid/;200;"
        "2026-03-01;4\n",
        "utf-8",
    )
    result = run("links", file, "--json")
    assert result.exit_code == 0
    assert "Taille" in result.stderr and "https://ailleurs.invalid/" in result.stderr
    found = json.loads(result.stdout)
    assert found["outcomes"] == {
        "created": 1,
        "unchanged": 0,
        "corrected": 0,
        "retracted": 0,
        "conflict": 0,
        "rejected": 0,
        "unknown": 1,
        "overtaken": 0,
    }
    assert (found["content"], found["loaded"]) == ("links", True)
    assert (found["ignored_columns"], found["unknown_addresses"]) == (
        ["Taille"],
        ["https://ailleurs.invalid/"],
    )


@pytest.mark.sqlite
def test_the_command_refuses_with_reasons_and_writes_them_down(cited, tmp_path):
    file, rejects = tmp_path / "links.csv", tmp_path / "refus.csv"
    file.write_text(f"{HEADER}{URL},peut-être,2026-03-01,\n", "utf-8")
    result = run("links", file, "--rejects", rejects)
    assert result.exit_code == 1
    assert "ligne 2, colonne « status », valeur « peut-être »" in result.stderr.replace("\xa0", " ")
    assert "peut-être" in rejects.read_text("utf-8-sig")
    assert checks_of(cited) == []


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "arguments",
    [(), ("--list", "x.csv"), ("x.csv", "--pact", PACT)],
    ids=["nothing", "both", "pact"],
)
def test_a_file_or_a_list_is_asked_for_and_not_both(cited, arguments):
    assert run("links", *arguments).exit_code == 2


@pytest.mark.sqlite
def test_the_listed_addresses_are_csv_for_a_checker(cited):
    result = run("links", "--list", "--pact", PACT)
    rows = list(csv.reader(io.StringIO(result.stdout)))
    assert rows[0] == ["url"] and [URL] in rows
    assert len(rows) == len({row[0] for row in rows})
    assert run("links", "--list").stdout == result.stdout
    assert run("links", "--list", "--pact", "autre").exit_code == 1


@pytest.mark.sqlite
def test_no_address_is_ever_asked(store, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/acte"
        files = {
            "actions.csv": ACTIONS.format(url=url),
            "links.csv": f"{HEADER}{url},404,2026-03-01,{url}/copie\n",
        }
        for name, text in files.items():
            (tmp_path / name).write_text(text, "utf-8")
        assert run("load", "actions", tmp_path / "actions.csv").exit_code == 0
        assert run("links", tmp_path / "links.csv").exit_code == 0
        assert url in run("links", "--list").stdout
        server.setblocking(False)
        with pytest.raises(BlockingIOError):  # nobody waits to be let in
            server.accept()
    assert checks_of(store) == [("2026-03-01", "dead", "404")]


def test_a_pending_entry_shows_its_reviewer_that_its_source_is_dead(cited):
    team = team_of(cited)
    seq = commands.log_action(cited, team.volunteer, action(), LATER).seq
    check(cited, f"{SOURCE['source_url']},404,2026-03-02,\n")
    with cited.reading() as session:
        entry = next(backlog.find_entry(session, seq).itertuples())
    assert (entry.link_status, entry.checked_on) == ("dead", "2026-03-02")


def test_an_address_is_found_in_the_log_in_another_spelling(cited):
    report = check(cited, f"{URL.replace('exemple', 'Exemple')}#p3,404,2026-03-01,\n")
    assert report.outcomes == {"created": 1}
    assert read(cited).link_status == "dead"


@pytest.mark.sqlite
def test_the_day_of_a_file_that_has_none_is_given_on_the_command_line(cited, tmp_path):
    file = tmp_path / "links.csv"
    file.write_text(f"url,status\n{URL},404\n")
    refused = run("links", file)
    assert (refused.exit_code, "--checked-on" in refused.stderr) == (1, True)
    assert run("links", file, "--checked-on", "2999-01-01").exit_code == 2
    assert run("links", file, "--checked-on", "hier").exit_code == 2
    assert run("links", file, "--checked-on", "2026-03-01").exit_code == 0
    assert checks_of(cited) == [("2026-03-01", "dead", "404")]
