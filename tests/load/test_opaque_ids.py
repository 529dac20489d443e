"""Ids of people say nothing of them: what a court has removed of a name would stay in an id."""

import pytest

from monitor import commands
from monitor.commands.loading import file_in_memory
from tests.support.clock import NOW
from tests.support.paths import SHAPES

SHAPE = SHAPES / "maire-et-adjoints" / "pact.toml"
HEADER = "signatory_id,name,commune,outcome\n"


@pytest.fixture
def new_pact(empty):
    """A pact of which nobody is known yet."""
    with SHAPE.open("rb") as file:
        report = commands.load_pact(empty, file, name="pact.toml", now=NOW)
    return empty, report.pact_id


def doubts(where, text: str) -> list[tuple]:
    store, pact = where
    found = commands.load(
        store, "signatories", file_in_memory(HEADER + text), pact_id=pact, name="s.csv", now=NOW
    )
    assert found.loaded
    return [one for one in found.doubts if one.code == "id_names_person"]


@pytest.mark.parametrize(
    ("signatory_id", "name"),
    [
        ("abrial-angers", "Aline Abrial"),
        ("ABRIAL", "Aline Abrial"),
        ("aline_abrial", "Abrial Aline"),
        ("goff.1", "Jeanne Le Goff"),
        ("hautecoeur", "Basile Hautecœur"),
        ("2026-lefevre", "Émile Lefèvre"),
        ("saint-exupery", "Antoine de Saint-Exupéry"),
    ],
)
def test_an_id_that_repeats_the_name_is_doubted_before_a_pact_has_any(new_pact, signatory_id, name):
    (doubt,) = doubts(new_pact, f"{signatory_id},{name},49007,elected\n")
    assert (doubt.line, doubt.column) == (2, "signatory_id")


@pytest.mark.parametrize(
    ("signatory_id", "name"),
    [
        ("s001", "Aline Abrial"),
        ("12", "Le Goff"),
        ("49007-1", "Aline Abrial"),
        ("de-1", "Jo de Ry"),
        ("angers-maire", "Aline Abrial"),
        ("a7f3", "A7F Groupe"),
    ],
)
def test_an_id_that_says_nothing_of_the_person_is_not(new_pact, signatory_id, name):
    assert doubts(new_pact, f"{signatory_id},{name},49007,elected\n") == []


def test_it_is_said_once_for_a_file_and_not_again_for_a_pact_that_has_such_ids(new_pact):
    first = (
        "abrial,Aline Abrial,49007,elected\nbasile,Basile Roi,49015,elected\ns3,Zoé Pin,49328,\n"
    )
    (doubt,) = doubts(new_pact, first)
    assert dict(doubt.values)["n"] == "2"
    assert doubts(new_pact, first + "martin,Guy Martin,49353,elected\n") == []
