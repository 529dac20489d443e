"""Several sources of one entry."""

import pytest

from monitor import commands, queries, snapshot, status
from monitor.commands.loading import file_in_memory
from monitor.store.journal import verify
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
