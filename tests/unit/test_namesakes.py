"""Who may be one person, whoever asks: the doubts about a file, which know two names as people write
them, and a register, which tells the family name from the given names."""

import pytest

from monitor.intake.person_names import same_name
from monitor.matching.name_levels import Level, compare_names

#: As somebody writes it, given names and family name of somebody else.
ONE_PERSON = {
    Level.CERTAIN: [
        ("Jeanne Le Goff", "Jeanne", "LE GOFF"),
        ("Legoff Jeanne", "Jeanne", "LE GOFF"),
        ("Docteur Jeanne Le Goff", "Jeanne", "LE GOFF"),
        ("Mme. Jeanne Roy", "Jeanne", "ROY"),
        ("MM. Jean Roy", "Jean", "ROY"),
        ("Pr Jean Roy", "Jean", "ROY"),
        ("Jean Le Maître", "Jean", "LE MAITRE"),
        ("Jeanne Roy épouse Le Goff", "Jeanne", "LE GOFF"),
        ("Jeanne Roy épse Le Goff", "Jeanne", "LE GOFF"),
        ("Jeanne Roy vve Le Goff", "Jeanne", "LE GOFF"),
        ("Jeanne Roy dite Le Goff", "Jeanne", "LE GOFF"),
        ("Éric Dit", "Éric", "DIT"),
        ("Anna von der Heide", "Anna", "HEIDE"),
        ("Anna Vandenberg", "Anna", "VAN DEN BERG"),
        ("Maria da Silva", "Maria", "SILVA"),
        ("Maria dos Santos", "Maria", "SANTOS"),
        ("Luigi Dimarco", "Luigi", "DI MARCO"),
        ("Charles de La Tour", "Charles", "LATOUR"),
        ("Charles Tour", "Charles", "DE LA TOUR"),
        ("Hugues d’Arcy", "Hugues", "ARCY"),
        ("Paulette Marchant", "Paulette", "MARCHAND"),
        ("Jeanne Martin", "Jeanne", "LE GOFF MARTIN"),
        ("Claude Roy", "Marie-Claude", "ROY"),
        ("Martin Paul", "Paul", "MARTIN"),
        ("Andrea Rossi", "Andréa", "ROSSI"),
    ],
    Level.PROBABLE: [
        ("J Martin", "Jean-Pierre", "MARTIN"),
        ("JP Martin", "Jean-Pierre", "MARTIN"),
        ("J.-P. Martin", "Jean-Pierre", "MARTIN"),
        ("JPM Martin", "Jean-Pierre-Marie", "MARTIN"),
        ("Jean P. Martin", "Jean Pierre", "MARTIN"),
        ("Jeane Le Goff", "Jeanne", "LE GOFF"),
    ],
}
#: Of one of them a doubt is worth a look, and so is the register.
WORTH_A_LOOK = [("Le Goff", "Jeanne", "LE GOFF"), ("P. Martin", "Jean-Pierre", "MARTIN")]
TWO_PEOPLE = {
    # The same family name is always worth a look of a clerk; most are relatives.
    Level.TO_SEE: [
        ("Louis Petit", "Louise", "PETIT"),
        ("Daniel Petit", "Danièle", "PETIT"),
        ("René Petit", "Renée", "PETIT"),
        ("Michel Petit", "Michèle", "PETIT"),
        ("Frédéric Petit", "Frédérique", "PETIT"),
        ("Mario Rossi", "Maria", "ROSSI"),
        ("Jean Martin", "Jeanne", "MARTIN"),
        ("PJ Martin", "Jean-Pierre", "MARTIN"),
        ("Paul Le Goff", "Jeanne", "LE GOFF"),
        ("Me Roy", "Jean", "ROY"),
    ],
    Level.NONE: [
        ("Marie de la Tour", "Marie", "DE LA FONTAINE"),
        ("Jean Le Maître", "Jean", "LE GOFF"),
        ("Claire Docteur", "Claire", "ROY"),
        ("Anne Roy", "Anne", "RAY"),
        ("Jean Dupont", "Jean", "DUPUIS"),
        ("Jeanne Martin", "Jeanne", "LE GOFF"),
    ],
}


def named(table: dict[Level, list], alike: bool) -> list[tuple]:
    return [(*names, level, alike) for level, rows in table.items() for names in rows]


@pytest.mark.parametrize(
    ("text", "given", "family", "level", "alike"),
    [
        *named(ONE_PERSON, True),
        *named({Level.TO_SEE: WORTH_A_LOOK}, True),
        *named(TWO_PEOPLE, False),
    ],
)
def test_a_doubt_and_a_register_have_one_idea_of_a_name(text, given, family, level, alike):
    assert compare_names(text, family, given) is level
    assert same_name(text, f"{given} {family}") is alike
    assert same_name(f"{family} {given}", text) is alike
