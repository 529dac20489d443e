"""Doubts that say the same are told once, and name people and offices, not codes."""

import pytest

from monitor.findings import Doubt
from monitor.intake import error_sentence
from monitor.intake.alike import group_alike, group_by_code, list_lines, split_alike

DERIVED = "p-0123456789abcdef"


def test_what_is_true_of_several_cells_is_told_once_with_their_lines():
    found = [
        Doubt(2, "commune", "Cherbourg", "part_of_name"),
        Doubt(3, "answer", "bof", "answer_in_words"),
        Doubt(5, "commune", "Cherbourg", "part_of_name"),
        Doubt(7, "commune", "Aix", "part_of_name", row=9),
    ]
    assert [[one.line for one in some] for some in group_alike(found)] == [[2, 5], [3], [7]]
    kinds = group_by_code(found)
    assert [some[0].code for some in kinds] == ["part_of_name", "answer_in_words"]
    assert list_lines(kinds[0]) == ["2", "5", "9"]


def test_a_doubt_is_said_to_be_that_of_others_only_where_they_are_read_alike():
    read = {3: ("Oui, mais", "partly"), 5: ("Oui, dès 2027", "yes"), 7: ("Plutôt", "partly")}
    found = [
        Doubt(line, "answer", cell, "answer_in_words", (("answer", answer),))
        for line, (cell, answer) in read.items()
    ]
    alike, others = split_alike(found)
    assert [one.line for one in alike] == [3, 7]
    assert [[one.line for one in some] for some in others] == [[5], [7]]


#: A doubt -> what its sentence says and does not say, in French.
SAID = [
    (Doubt(3, "office", "mayor", "mandate_of_defeated", (("name", "Léa Un"),)), "maire", "mayor"),
    (
        Doubt(3, "name", "Léa Un", "same_person_in_log", (("name", "Lea Un"), ("id", DERIVED))),
        "Lea Un",
        "p-",
    ),
    (
        Doubt(3, "name", "Léa Un", "same_person_in_log", (("name", "Lea Un"), ("id", "s012"))),
        "(s012)",
        "p-",
    ),
    (
        Doubt(None, "signatory_id", f"Léa Un · {DERIVED} · mayor", "row_gone", (("file", "f"),)),
        "Léa Un · maire",
        "mayor",
    ),
]


@pytest.mark.parametrize(("doubt", "words", "code"), SAID)
def test_people_and_offices_are_named_and_no_code_that_nobody_wrote(doubt, words, code):
    sentence = error_sentence(doubt, "fr")
    assert words in sentence and code not in sentence
