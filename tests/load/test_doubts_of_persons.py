"""What is odd of who signs: the same person elsewhere, a signature taken back, an office of one."""

import pytest

from monitor import commands, intake
from monitor.commands.loading import file_in_memory
from monitor.commands.setup import PACKAGED
from tests.support.clock import NOW

PACT = "mouves-2014"
HEAD = "signatory_id,name,commune,signed_on,kind,withdrawn_on,person_id\n"
MANDATES = "signatory_id,office,started_on\n"


def load(store, text, content="signatories", pact=PACT):
    report = commands.load(
        store, content, file_in_memory(text), pact_id=pact, name="file.csv", now=NOW
    )
    assert report.loaded, report.errors
    return report


def doubts_of(report) -> set[tuple]:
    for doubt in report.doubts:
        assert all(intake.error_sentence(doubt, lang) for lang in ("fr", "en"))
    ours = ("withdrawn", "person", "kind", "office_of")
    return {(doubt.line, doubt.code) for doubt in report.doubts if doubt.code.startswith(ours)}


@pytest.fixture
def other_pact(store):
    """A second pact, of the same person."""
    text = (PACKAGED / "pact.toml").read_text("utf-8").replace(f'"{PACT}"', '"other"')
    assert commands.load_pact(store, file_in_memory(text), name="pact.toml", now=NOW).loaded
    load(store, f"{HEAD}b1,Alix Un,33063,,,,alix\n", pact="other")


@pytest.mark.parametrize(
    ("signed_on", "withdrawn_on", "odd"),
    [
        ("2014-03-10", "2014-03-01", True),
        ("2015", "2014", True),
        ("2014-03", "2014-03-01", False),
        ("2014-03-10", "2014-03-10", False),
        ("2014-03-10", "2016", False),
        ("", "2014-01-01", False),
        ("2014-03-10", "", False),
    ],
)
def test_a_signature_that_is_withdrawn_before_it_is_given_is_doubted(
    store, signed_on, withdrawn_on, odd
):
    report = load(store, f"{HEAD}a1,Alix Un,33063,{signed_on},,{withdrawn_on},\n")
    assert doubts_of(report) == ({(2, "withdrawn_before_signature")} if odd else set())


@pytest.mark.parametrize(
    ("rows", "odd"),
    [
        ("a1,Alix Un,33063,,,,alix\n", set()),
        ("a1,UN Alix,33063,,,,alix\n", set()),
        ("a1,Basile Deux,33063,,,,alix\n", {(2, "person_named_otherwise")}),
        ("a1,Alix Un,33063,,,,\n", set()),
        (
            "a1,Alix Un,33063,,,,other\na2,Basile Deux,69123,,,,other\n",
            {(3, "person_named_otherwise")},
        ),
        ("a1,Alix Un,33063,,,,alix\na2,Alix Un,69123,,,,alix\n", {(3, "person_twice")}),
    ],
)
def test_a_person_under_two_names_or_twice_in_a_pact_is_doubted(store, other_pact, rows, odd):
    assert doubts_of(load(store, HEAD + rows)) == odd
    # The same file says nothing new.
    assert doubts_of(load(store, HEAD + rows)) == set()


def test_a_person_who_is_in_the_log_already_is_doubted_in_a_later_file(store):
    load(store, f"{HEAD}a1,Alix Un,33063,,,,alix\n")
    assert doubts_of(load(store, f"{HEAD}a2,Alix Un,69123,,,,alix\n")) == {(2, "person_twice")}
    # Who is corrected is not a second person.
    load(store, f"{HEAD}a2,Alix Un,69123,,,,\n")
    assert doubts_of(load(store, f"{HEAD}a1,Alix Un-Deux,33063,,,,alix\n")) == set()


@pytest.mark.parametrize(
    ("kind", "office", "odd"),
    [
        ("party", "mayor", True),
        ("list", "deputy_mayor", True),
        ("body", "mayor", True),
        ("party", "majority_councillor", False),
        ("person", "mayor", False),
        ("", "mayor", False),
    ],
)
def test_a_list_a_party_or_a_body_that_would_be_mayor_is_doubted(store, kind, office, odd):
    load(store, f"{HEAD}a1,Ensemble,33063,,{kind},,\n")
    report = load(store, f"{MANDATES}a1,{office},2014-04-05\n", "mandates")
    assert doubts_of(report) == ({(2, "office_of_a_person")} if odd else set())


def test_who_is_mayor_and_would_be_a_party_is_doubted(store):
    load(store, f"{HEAD}a1,Ensemble,33063,,,,\n")
    load(store, f"{MANDATES}a1,mayor,2014-04-05\n", "mandates")
    assert doubts_of(load(store, f"{HEAD}a1,Ensemble,33063,,party,,\n")) == {
        (2, "kind_against_mandate")
    }


@pytest.mark.parametrize("kind", ["personne", "Person", "person", ""])
def test_of_a_person_the_log_says_no_kind(store, kind):
    load(store, f"{HEAD}a1,Alix Un,33063,,{kind},,\n")
    with store.reading() as database:
        rows = database.rows("SELECT kind FROM signatory WHERE signatory_id = 'a1'")
    assert rows == [(None,)]
    assert not load(store, f"{HEAD}a1,Alix Un,33063,,person,,\n").outcomes["corrected"]
