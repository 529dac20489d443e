"""Words that a whole file published by mistake: removed for good by one decision, each row with its own
trace in the log."""

import pytest

from monitor import commands
from monitor.commands import CourtOrder, redacting
from monitor.commands.loading import file_in_memory
from monitor.errors import Changed, InvalidValue, NotAllowed, NotFound, Refused
from monitor.queries.requests import pending_requests
from monitor.store.journal import verify_store
from tests.support.clock import NOW
from tests.support.team import LATER, team_of

ENGINES = ("sqlite", "postgres")
PACT = "mouves-2014"
ID, OTHER = "hidalgo-paris", "collomb-lyon"
HEAD = "signatory_id,measure,answer,comment,source_url\n"
FIRST = (
    f"{HEAD}{ID},1,yes,à rappeler,https://exemple.invalid/1\n{ID},2,no,elle hésite,\n"
    f"{OTHER},1,yes,,https://exemple.invalid/2\n"
)
#: The file once more: what becomes of its rows when their words are gone for good.
AGAIN = {
    "the words again": (FIRST, {"conflict": 2, "unchanged": 1}),
    "no words": (
        f"{HEAD}{ID},1,yes,,\n{ID},2,no,,\n{OTHER},1,yes,,https://exemple.invalid/2\n",
        {"unchanged": 3},
    ),
    "no column of words": (
        f"signatory_id,measure,answer\n{ID},1,yes\n{ID},2,no\n{OTHER},1,yes\n",
        {"unchanged": 3},
    ),
    "another answer": (f"signatory_id,measure,answer\n{ID},1,no\n", {"corrected": 1}),
    "another answer, with words": (f"{HEAD}{ID},1,no,encore,\n", {"conflict": 1}),
}


def load(store, text, **how):
    return commands.load(
        store, "answers", file_in_memory(text), pact_id=PACT, name="r.csv", now=NOW, **how
    )


@pytest.fixture
def file(store):
    """The entry of the file."""
    load(store, FIRST)
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT max(seq) FROM load")
    return seq


def texts(store):
    with store.reading() as session:
        return session.rows("SELECT comment, source_url FROM answer_text ORDER BY seq")


def traces(store):
    with store.reading() as session:
        return session.rows("SELECT target_seq, reason FROM redaction ORDER BY target_seq")


def test_the_rows_with_words_are_emptied_each_with_its_trace_and_the_log_verifies(store, file):
    assert commands.redact_entry(store, None, file, "Notes internes.", LATER, dry_run=True)
    assert traces(store) == []
    emptied = commands.redact_entry(store, None, file, "Notes internes.", LATER)
    assert emptied == [file + 1, file + 2]
    assert traces(store) == [(seq, "Notes internes.") for seq in emptied]
    assert texts(store)[-3:] == [(None, None)] * 2 + [(None, "https://exemple.invalid/2")]
    assert verify_store(store).intact
    with pytest.raises(NotFound, match="no_words_in_file"):
        commands.redact_entry(store, None, file, "Encore.", LATER)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("column", "gone"), [("comment", (1, 2)), ("source_url", (1, 3)), (None, (1, 2))]
)
def test_a_column_says_of_which_rows(store, file, column, gone):
    emptied = commands.redact_entry(store, None, file, "Erreur.", LATER, column)
    assert emptied == [file + n for n in gone]


@pytest.mark.sqlite
@pytest.mark.parametrize(("text", "outcomes"), AGAIN.values(), ids=AGAIN)
def test_the_file_loads_again_without_the_words_and_never_with_them(store, file, text, outcomes):
    commands.redact_entry(store, None, file, "Notes internes.", LATER)
    assert load(store, text, dry_run=True).outcomes == outcomes


@pytest.mark.sqlite
def test_versions_of_the_rows_with_the_same_words_are_emptied_and_no_others(store, file):
    load(store, FIRST.replace("à rappeler", "rappelée"))
    load(store, FIRST.replace("exemple.invalid/1", "exemple.invalid/9"), newer=True)
    assert len(commands.redact_entry(store, None, file, "Notes internes.", LATER)) == 3
    assert [comment for comment, _ in texts(store)] == [None, None, None, "rappelée", None]


#: What a file says of a row whose words in another file were removed -> what becomes of it.
BEFORE_AND_AFTER = {
    "as before": ("Je m’y engage.", {"conflict": 1}, {"corrected": 1}),
    "the words that were removed": ("menteuse", {"conflict": 1}, {"conflict": 1}),
    "other words": ("Peut-être.", {"conflict": 1}, {"conflict": 1}),
}


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("words", "plain", "newer"), BEFORE_AND_AFTER.values(), ids=BEFORE_AND_AFTER
)
def test_words_of_other_files_stay_and_come_back_from_the_file_that_said_them(
    store, words, plain, newer
):
    row = f"{HEAD}{ID},1,yes,{{}},\n"
    load(store, row.format("Je m’y engage."))
    load(store, row.format("menteuse"))
    with store.reading() as session:
        ((mistaken,),) = session.rows("SELECT max(seq) FROM load")
    assert len(commands.redact_entry(store, None, mistaken, "Notes internes.", LATER)) == 1
    assert [comment for comment, _ in texts(store)] == ["Je m’y engage.", None]
    assert load(store, row.format(words), dry_run=True).outcomes == plain
    assert load(store, row.format(words), dry_run=True, newer=True).outcomes == newer
    assert verify_store(store).intact


def test_an_admin_asks_and_another_person_confirms(store, file):
    team = team_of(store)
    with pytest.raises(Refused, match="two_people"):
        commands.redact_entry(store, team.admin, file, "Notes internes.", LATER)
    number = commands.request_redaction(store, team.admin, file, "Notes internes.", LATER)
    with store.reading() as session:
        (asked,) = pending_requests(session)
    assert (asked.target_seq, asked.file_name, asked.pact_id) == (file, "r.csv", PACT)
    with pytest.raises(NotAllowed, match="own_request"):
        commands.confirm_request(store, team.admin, number, LATER)
    with pytest.raises(NotAllowed, match="not_allowed"):
        commands.confirm_request(store, team.volunteer, number, LATER)
    commands.confirm_request(store, team.reviewer, number, LATER)
    assert [seq for seq, _ in traces(store)] == [file + 1, file + 2]
    assert verify_store(store).intact


@pytest.mark.sqlite
def test_no_order_of_a_court_empties_a_whole_file_alone(store, file, monkeypatch):
    monkeypatch.setattr("monitor.commands.requests.checked_order", lambda *given: "TJ, 26/1")
    order = CourtOrder("TJ, 26/1", "")
    with pytest.raises(Refused, match="order_of_file"):
        commands.request_redaction(store, team_of(store).admin, file, "x", LATER, order)
    assert traces(store) == []


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("seq", "column", "error"),
    [(1, None, NotFound), ("file", "answer", InvalidValue), ("file", "nulle", InvalidValue)],
)
def test_what_holds_no_such_texts_is_refused(store, file, seq, column, error):
    with pytest.raises(error):
        commands.redact_entry(store, None, file if seq == "file" else seq, "x", LATER, column)


@pytest.mark.sqlite
def test_a_file_without_words_and_one_with_too_many_are_refused(store, file, monkeypatch):
    with store.reading() as session:
        ((signatories,),) = session.rows("SELECT seq FROM load WHERE content = 'signatories'")
    with pytest.raises(NotFound, match="no_words_in_file"):
        commands.redact_entry(store, None, signatories, "x", LATER)
    monkeypatch.setattr(redacting, "MOST_ROWS", 1)
    with pytest.raises(Refused, match="too_many_texts"):
        commands.redact_entry(store, None, file, "x", LATER)


@pytest.mark.sqlite
def test_an_entry_that_was_emptied_is_said_to_be(store, file):
    commands.redact_entry(store, None, file, "x", LATER)
    with pytest.raises(Changed, match="already_redacted"):
        commands.redact_entry(store, None, file + 1, "x", LATER)
