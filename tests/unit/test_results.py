"""What a cell says of the result of an election: a result only where nobody can read it otherwise."""

import pytest

from monitor.intake.results import Offices, read_result

MAYORS = Offices({}, ("mayor",))
#: What stands in a cell -> the result that is read, None where it is refused, and what is told of it.
SAID = {
    **dict.fromkeys(
        (
            *("oui, 2e tour", "Élue 1er tour", "élu dès le premier tour", "Oui (1er tour)"),
            *("élue maire", "Maire réélue", "Maire élu(e)", "Mayor-elect", "elected as mayor"),
            *("Maire sortante, réélue", "sitting mayor, re-elected", "won (2nd round)", "gagné"),
        ),
        ("elected", ""),
    ),
    **dict.fromkeys(
        ("battu 1er tour", "maire sortant battu", "non réélue", "a perdu", "lost", "défaite"),
        ("defeated", ""),
    ),
    **dict.fromkeys(("Élu (52 %)", "Élu·e (52,3 % des voix)"), ("elected", "outcome_score")),
    **dict.fromkeys(("maire", "Mayor"), ("elected", "outcome_by_office")),
    **dict.fromkeys(
        ("Tête de liste élue", "lead candidate elected"), ("elected", "outcome_of_head")
    ),
    **dict.fromkeys(
        (
            *("Maire sortant", "sortante", "maire actuelle", "ancien maire", "ex-maire"),
            *("outgoing mayor", "incumbent", "candidate", "tête de liste", "2e tour"),
        ),
        ("unknown", "outcome_untold"),
    ),
    **dict.fromkeys(
        (
            *("Élu d’opposition", "conseillère d’opposition", "élu dans l’opposition"),
            *("conseiller municipal", "Élue conseillère municipale", "élue adjointe au maire"),
            *("Opposition", "opposition councillor", "elected to the opposition", "councillor"),
        ),
        ("unknown", "outcome_elsewhere"),
    ),
    **dict.fromkeys(
        (
            *("élu ?", "Maire ?", "≠ élu", "élue à la région", "élue maire déléguée", "52 %"),
            *("3e", "non, 2e tour", "maire sortant, député", "Élu sans étiquette", "futur maire"),
        ),
        (None, ""),
    ),
    " ?? ": ("unknown", "outcome_asked"),
    **dict.fromkeys(
        ("Adjointe sortante, élue maire", "ex-maire, réélu", "candidate élue"), ("elected", "")
    ),
    **dict.fromkeys(("colistière battue", "adjoint sortant battu"), ("defeated", "")),
    **dict.fromkeys(
        ("maire sortant, élu d’opposition", "colistier élu conseiller municipal"),
        ("unknown", "outcome_elsewhere"),
    ),
}
#: Who is elected, to an office that the cell does not name, and not surely to that of the pact.
OF_ANOTHER_OFFICE = (
    *("colistier élu", "Colistière, élue au 2nd tour", "conseillère municipale sortante réélue"),
    *("député sortant, réélu", "adjoint sortant réélu", "adjointe en place, élue (52 %)"),
    *("former deputy, re-elected", "président sortant réélu", "élu sortant, réélu"),
    *("conseiller actuel : oui", "sitting councillor, elected"),
)


@pytest.mark.parametrize("cell", OF_ANOTHER_OFFICE)
def test_who_is_elected_again_is_asked_to_which_office_unless_the_pact_binds_that(cell):
    found = read_result(cell, MAYORS, before_vote=False)
    assert (found.outcome, found.is_of_office) == (None, True)


@pytest.mark.parametrize(("cell", "expected"), SAID.items(), ids=SAID)
def test_a_result_is_read_where_words_can_mean_nothing_else(cell, expected):
    found = read_result(cell, MAYORS, before_vote=False)
    assert (found.outcome, found.doubt) == expected


#: Of a pact that binds the opposition, or before the vote.
COUNCIL = Offices({}, ("mayor", "opposition_councillor"))


@pytest.mark.parametrize(
    ("cell", "offices", "before_vote", "expected"),
    [
        ("élu d’opposition", COUNCIL, False, "elected"),
        ("conseiller municipal", COUNCIL, False, None),
        ("maire", MAYORS, True, "unknown"),
        ("élue maire", MAYORS, True, "elected"),
    ],
)
def test_an_office_is_a_result_where_the_pact_binds_it_and_the_vote_is_held(
    cell, offices, before_vote, expected
):
    assert read_result(cell, offices, before_vote).outcome == expected
