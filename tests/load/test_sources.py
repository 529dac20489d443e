"""Several sources of one entry."""

import pytest

from monitor import commands, queries, snapshot, status
from monitor.commands.files import FILE_KINDS
from monitor.commands.loading import file_in_memory
from monitor.commands.rows import RowWriter
from monitor.commands.transaction import pact_of
from monitor.schema import ROW_TYPES
from monitor.store.journal import Journal, verify
from tests.support.clock import NOW

PACT = "mouves-2014"
HEADER = "action_id,source_kind,source_title,source_url,quote\n"
FIRST = "lyo-005,press,Le Progrès,https://exemple.invalid/progres,Une halle.\n"
SECOND = "lyo-005,report,Rapport annuel,,\n"


def load(store, *rows, header=HEADER, **more):
    text = header + "".join(rows)
    return commands.load(
        store, "sources", file_in_memory(text), pact_id=PACT, name="s.csv", now=NOW, **more
    )


def held(store):
    """Number -> title, of the sources that count."""
    known = status.what_is_known(snapshot.Snapshots(store).current().log(PACT))
    with store.reading() as session:
        rows = queries.rows_at(session, "sources", known.sources["seq"].tolist())
    return {row.source_no: row.source_title for row in rows}


def test_an_entry_has_several_sources_and_a_file_loaded_again_changes_none(store):
    assert load(store, FIRST, SECOND).outcomes == {"created": 2}
    assert load(store, SECOND, FIRST).outcomes == {"unchanged": 2}
    assert held(store) == {"1": "Le Progrès", "2": "Rapport annuel"}
    with store.reading() as session:
        assert verify(session).intact


@pytest.mark.sqlite
def test_another_file_adds_a_source_and_takes_the_place_of_none(store):
    load(store, FIRST)
    assert load(store, SECOND).outcomes == {"created": 1}
    assert held(store) == {"1": "Le Progrès", "2": "Rapport annuel"}


@pytest.mark.sqlite
def test_the_same_address_is_the_same_source(store):
    load(store, FIRST)
    assert load(store, FIRST.replace("Le Progrès", "Lyon Capitale")).outcomes == {"corrected": 1}
    assert held(store) == {"1": "Lyon Capitale"}


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("rows", "column", "code"),
    [
        (["nothing,press,Titre,,\n"], "action_id", "unknown_action"),
        (["lyo-005,press,,,Une halle.\n"], "source_title", "source_needed"),
        (["lyo-005,rumour,Titre,,\n"], "source_kind", "unknown_code"),
        (["lyo-005,press,Titre,ftp://x.invalid,\n"], "source_url", "url_scheme"),
        ([SECOND, SECOND], "action_id", "duplicate_row"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named(store, rows, column, code):
    (error,) = load(store, *rows).errors
    assert (error.column, error.code) == (column, code)


@pytest.mark.sqlite
def test_with_the_words_of_an_entry_a_court_has_those_of_its_sources_removed(store):
    load(store, FIRST)
    with store.reading() as session:
        ((entry,),) = session.rows("SELECT max(seq) FROM action WHERE action_id = 'lyo-005'")
        ((source,),) = session.rows("SELECT max(seq) FROM source")
    assert source in commands.redact_entry(store, None, entry, "Ordonnance", NOW)
    with store.reading() as session:
        assert session.rows("SELECT source_title, quote FROM source_text") == [(None, None)]
        assert verify(session).intact


@pytest.mark.sqlite
def test_every_surface_of_an_entry_shows_each_source(store, client):
    load(store, FIRST, SECOND)
    page = client.get("/ville/69123").text
    assert "Le Progrès" in page and "Rapport annuel" in page and "Une halle." in page


def write_as_before(store, file, **values):
    """A row of the log with numbers as files of before spelt them."""
    with store.writing() as session:
        pact = pact_of(session, PACT)
        journal = Journal(session, "operator", NOW)
        RowWriter(session, journal, FILE_KINDS[file], pact, "f.csv").write(
            [(ROW_TYPES[file](**values), None)]
        )


@pytest.mark.sqlite
def test_a_log_whose_numbers_have_decimals_is_read_and_loaded_as_one_without(store, client):
    for number, title in (("10.00", "La dixième"), ("2.0", "La deuxième")):
        write_as_before(store, "sources", action_id="lyo-005", source_no=number, source_title=title)
    page = client.get("/ville/69123").text
    assert 0 < page.index("La deuxième") < page.index("La dixième")
    assert client.get("/api/v1/sources.csv").status_code == 200
    numbered = HEADER.replace("action_id", "action_id,source_no")
    rows = ["lyo-005,2,,La deuxième,,\n", '"lyo-005","10,0",,Rapport de 2019,,\n']
    assert load(store, *rows, header=numbered).outcomes == {"unchanged": 1, "corrected": 1}
    assert load(store, FIRST).outcomes == {"created": 1}
    assert held(store) == {"2.0": "La deuxième", "10": "Rapport de 2019", "11": "Le Progrès"}


@pytest.mark.sqlite
def test_a_number_of_inhabitants_with_decimals_is_no_other_number(store):
    area = {"code": "own-1", "name": "Le Lieu", "population": "84090.0"}
    write_as_before(store, "areas", **area)
    text = f"{','.join(area)}\n{','.join(area.values())}\n"
    report = commands.load(
        store, "areas", file_in_memory(text), pact_id=PACT, name="a.csv", now=NOW
    )
    assert report.outcomes == {"unchanged": 1}
