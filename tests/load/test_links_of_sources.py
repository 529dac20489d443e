"""What link checkers find of further sources and of answers: listed, recorded, shown, removed."""

import pytest

from monitor import commands, export, snapshot
from monitor.commands.loading import file_in_memory
from monitor.queries.links import AddressCheck, last_checks
from monitor.store.journal import verify
from tests.support.app import open_page, words
from tests.support.clock import NOW
from tests.support.team import LATER, team_of

ENGINES = ("sqlite", "postgres")
PACT = "mouves-2014"
ENTRY = "lyo-007"
PRESS, COPY, ANSWER = (f"https://exemple.invalid/{name}" for name in ("presse", "copie", "reponse"))
FOUND = "https://web.archive.org/web/2019/https://exemple.invalid/presse"
ROWS = {
    "sources": f"action_id,source_title,source_url,archive_url\n{ENTRY},Le Progrès,{PRESS},{COPY}\n",
    "answers": f"signatory_id,measure,answer,source_url\ncollomb-lyon,2,yes,{ANSWER}\n",
}


def load(store, content: str, text: str, **options):
    report = commands.load(
        store, content, file_in_memory(text), pact_id=PACT, name="f.csv", now=NOW, **options
    )
    assert report.loaded, report.errors
    return report


@pytest.fixture
def cited(store):
    """The packaged pact, with one more source and an answer."""
    for content, text in ROWS.items():
        load(store, content, text)
    return store


def check(store, rows: str):
    text = "url,status,checked_on,archive_url\n" + rows
    return commands.load_links(store, file_in_memory(text), name="l.csv", now=LATER)


def listed(store) -> set[str]:
    log = snapshot.Snapshots(store).current().log(PACT)
    with store.reading() as session:
        found = export.address_table(session, log)
    assert len(found) == len(set(found))
    return {url for url in found if url.startswith("https://exemple.invalid/")}


def test_the_list_has_their_addresses_as_long_as_they_count(cited):
    assert listed(cited) == {PRESS, COPY, ANSWER}
    waiting = ROWS["sources"].replace("presse", "attend").replace("copie", "attend-copie")
    load(cited, "sources", waiting, who=team_of(cited).volunteer)
    assert listed(cited) == {PRESS, COPY, ANSWER}
    commands.retract_row(cited, None, "sources", PACT, (ENTRY, "1"), "Faux.", LATER)
    commands.retract_row(cited, None, "answers", PACT, ("collomb-lyon", "2"), "Faux.", LATER)
    assert listed(cited) == set()


def test_what_was_found_of_them_is_recorded(cited):
    report = check(
        cited, f"{PRESS},404,2026-03-01,\n{COPY},200,2026-03-01,\n{ANSWER},404,2026-03-01,\n"
    )
    assert report.outcomes == {"created": 3}
    again = check(cited, f"{PRESS},200,2026-03-02,{FOUND}\n{PRESS},500,2026-02-28,\n")
    assert again.outcomes == {"created": 2}
    with cited.reading() as session:
        found = last_checks(session, [PRESS, ANSWER, "https://exemple.invalid/rien"])
        before = last_checks(session, [PRESS], until=session.rows("SELECT seq FROM head")[0][0] - 2)
    assert found == {
        PRESS: AddressCheck("2026-03-02", "alive", FOUND),
        ANSWER: AddressCheck("2026-03-01", "dead", None),
    }
    assert before == {PRESS: AddressCheck("2026-03-01", "dead", None)}


@pytest.mark.sqlite
@pytest.mark.parametrize("address", [PRESS, ANSWER])
def test_pages_say_which_is_dead_and_where_there_is_a_copy(cited, browser_of, address):
    def shown() -> str:
        return words(open_page("communes", pacte=PACT, commune="69123"))

    gone, kept = "lien mort le 1er mars 2026, sans copie", "morte (vérifiée le {}), sa copie reste"
    assert "lien mort" not in shown() and "est morte" not in shown()
    check(cited, f"{address},404,2026-03-01,\n")
    assert (gone if address == ANSWER else kept.format("1er mars 2026")) in shown()
    check(cited, f"{address},404,2026-03-02,{FOUND}\n")
    assert kept.format("2 mars 2026") in shown()
    assert (FOUND if address == ANSWER else COPY) in shown()


@pytest.mark.sqlite
@pytest.mark.parametrize(("table", "address"), [("source", PRESS), ("answer", ANSWER)])
def test_a_court_s_order_empties_their_checks_unless_another_row_cites_the_address(
    cited, table, address
):
    check(cited, f"{address},404,2026-03-01,\n")
    other = f"signatory_id,measure,answer,source_url\nhidalgo-paris,2,yes,{address}\n"
    with cited.reading() as session:
        ((seq,),) = session.rows(f"SELECT max(seq) FROM {table}")
    load(cited, "answers", other)
    with cited.reading() as session:
        ((shared,),) = session.rows("SELECT max(seq) FROM answer")
    commands.redact_entry(cited, None, seq, "Ordonnance.", LATER)
    with cited.reading() as session:
        assert session.rows("SELECT url FROM link_check_text") == [(address,)]
    commands.redact_entry(cited, None, shared, "Ordonnance.", LATER)
    with cited.reading() as session:
        assert session.rows("SELECT url FROM link_check_text") == [(None,)]
        assert verify(session).intact
