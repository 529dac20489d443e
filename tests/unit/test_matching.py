"""Names as people write them against a register's, and how a register is read."""

import io
from datetime import date

import pytest

from monitor.intake.unreadable import Unreadable
from monitor.matching.matches import Signatory, match_signatories, propose_matches
from monitor.matching.name_levels import Level, compare_names, is_same_name
from monitor.matching.register import day_in_name, read_register
from tests.support.registers import PARIS, register

CERTAIN = [
    ("Jeanne Le Goff", "LE GOFF", "Jeanne"),
    ("LE GOFF Jeanne", "LE GOFF", "Jeanne"),
    ("jeanne legoff", "LE GOFF", "Jeanne"),
    ("Mme Jeanne Le Goff", "LE GOFF", "Jeanne"),
    ("Dr. Jeanne Le Goff", "LE GOFF", "Jeanne"),
    ("Étienne Noël", "NOEL", "Etienne"),
    ("Œdipe Strauß", "STRAUSS", "Oedipe"),
    ("Jean-Pierre Lefebvre", "LEFEBVRE", "Jean Pierre"),
    ("Jean Lefebvre", "LEFEBVRE", "Jean-Pierre"),
    ("Claire Tournier-Vasseur", "TOURNIER", "Claire"),
    ("Claire Vasseur", "TOURNIER VASSEUR", "Claire"),
    ("Claire Tournier née Vasseur", "VASSEUR", "Claire"),
    ("Claire Tournier", "TOURNIER EPOUSE VASSEUR", "Claire"),
    ("Claire Vasseur", "TOURNIER ÉP. VASSEUR", "Claire"),
    ("Hugues de la Tournelle", "TOURNELLE (DE LA)", "Hugues"),
    ("Hugues Tournelle", "DE LA TOURNELLE", "Hugues"),
    ("Hugues d'Arcy", "D ARCY", "Hugues"),
    ("Paulette Marchant", "MARCHAND", "Paulette"),
    ("Mme. LE GOFF Jeanne.", "LE GOFF", "Jeanne"),
    ("Claire Tournier ép. Vasseur", "VASSEUR", "Claire"),
]
PROBABLE = [
    ("J. Le Goff", "LE GOFF", "Jeanne"),
    ("J.-P. Lefebvre", "LEFEBVRE", "Jean-Pierre"),
    ("JP Lefebvre", "LEFEBVRE", "Jean-Pierre"),
    ("Jeane Le Goff", "LE GOFF", "Jeanne"),
    ("Jean Tournier", "TOURNIER VASSEUR", "Jean Pierre"),
    ("Jean- Lefebvre", "LEFEBVRE", "Jean-Pierre"),
    ("M. Lefebvre Jean.", "LEFEBVRE", "Jean-Pierre"),
    ("Lefebvre Jean-Ph.", "LEFEBVRE", "Jean-Philippe"),
    ("Fréd. Le Goff", "LE GOFF", "Frédérique"),
    ("Jen-Marie Malavale", "MALAVAL", "Jean-Marie"),
]
TO_SEE = [
    ("Marc Le Goff", "LE GOFF", "Jeanne"),
    ("Jo Le Goff", "LE GOFF", "Jeanne"),
    ("Fré Le Goff", "LE GOFF", "Frédérique"),
    ("Marc. Le Goff", "LE GOFF", "Jeanne"),
    ("Le Goff", "LE GOFF", "Jeanne"),
    ("Mme Le Goff", "LE GOFF", "Jeanne"),
    ("M. Martin", "MARTIN", "Paul"),
    ("Jeanne Le Goff", "LE GOFF", ""),
    ("Jean-Marie Mlaval", "MALAVAL", "Jean-Marie"),
    ("Jean Malavale", "MALAVAL", "Jean-Marie"),
    ("J. Malavale", "MALAVAL", "Jean"),
    ("Jean Mlaval", "MALAVAL", "Jena"),
]
NONE = [
    ("Jeanne Roy", "RAY", "Paul"),
    ("Paul Roy", "RAY", "Paul"),
    ("Paul-Henri Dupuis", "HENRI", "Paul"),
    ("", "LE GOFF", "Jeanne"),
    ("Jeanne Le Goff", "", "Jeanne"),
    ("- -", "-", "-"),
]


@pytest.mark.parametrize(
    ("level", "text", "family", "given"),
    [
        (level, *names)
        for level, table in {
            Level.CERTAIN: CERTAIN,
            Level.PROBABLE: PROBABLE,
            Level.TO_SEE: TO_SEE,
            Level.NONE: NONE,
        }.items()
        for names in table
    ],
)
def test_a_name_is_as_near_to_a_register_s_as_a_clerk_would_say(level, text, family, given):
    assert compare_names(text, family, given) is level


#: Certain, and written otherwise: half of a double name, one of two surnames, a slip.
WRITTEN_OTHERWISE = {
    ("Jean Lefebvre", "LEFEBVRE", "Jean-Pierre"),
    ("Claire Tournier-Vasseur", "TOURNIER", "Claire"),
    ("Claire Vasseur", "TOURNIER VASSEUR", "Claire"),
    ("Claire Tournier née Vasseur", "VASSEUR", "Claire"),
    ("Claire Tournier ép. Vasseur", "VASSEUR", "Claire"),
    ("Paulette Marchant", "MARCHAND", "Paulette"),
}


@pytest.mark.parametrize("names", [*CERTAIN, *PROBABLE])
def test_a_name_is_the_same_but_for_order_accents_hyphens_particles_and_titles(names):
    assert is_same_name(*names) == (names in CERTAIN and names not in WRITTEN_OTHERWISE)


@pytest.mark.parametrize("given", ["Paul", "Jean-Marie"])
@pytest.mark.parametrize("family", ["Perrin", "Malaval", "Le Goff", "Lefevre-Roy", "Estournelle"])
def test_a_slip_at_any_letter_of_a_name_is_never_somebody_else(family, given):
    """Whoever was nobody of the register would be proposed as beaten."""
    for written in slips(family):
        assert compare_names(f"{given} {written}", family.upper(), given) is not Level.NONE, written
    for written in slips(given):
        assert compare_names(f"{written} {family}", family.upper(), given) is not Level.NONE, (
            written
        )


def slips(name: str):
    """The name with each letter dropped, doubled, put before the one that precedes it, or another."""
    for at, letter in enumerate(name):
        if letter.isalpha():
            yield name[:at] + name[at + 1 :]
            yield name[:at] + letter + name[at:]
            yield name[:at] + ("x" if letter != "x" else "z") + name[at + 1 :]
            if at and name[at - 1].isalpha():
                yield name[: at - 1] + letter + name[at - 1] + name[at + 1 :]


def test_the_same_given_name_of_a_woman_is_worth_being_seen():
    assert compare_names("Claire Tournier", "VASSEUR", "Claire", woman=True) is Level.TO_SEE
    assert compare_names("Claude Tournier", "VASSEUR", "Claude", woman=False) is Level.NONE


def test_m_before_a_family_name_may_be_a_title_or_an_initial():
    assert compare_names("M. Martin", "MARTIN", "Michel") is Level.PROBABLE
    assert compare_names("M. Paul Martin", "MARTIN", "Paul") is Level.CERTAIN


OFFICIAL = (
    "Code du département;Code de la commune;Libellé de la commune;Nom de l'élu;Prénom de l'élu;"
    "Code sexe;Date de naissance;Date de début du mandat;Date de début de la fonction\n"
)


def test_the_ministry_s_own_file_is_read_by_its_headers():
    rows = f"75;{PARIS};Paris;ROCHE;Lucie;F;01/02/1960;23/03/2014;05/04/2014\n"
    (person,) = register(rows, "2019-10-31", OFFICIAL).by_commune[PARIS]
    assert (person.given, person.family, person.woman) == ("Lucie", "ROCHE", True)
    assert person.started_on == date(2014, 4, 5)


def test_a_commune_that_has_merged_since_is_found_under_the_code_of_today():
    assert list(
        register("01033,ROCHE,Lucie,F,,\n01091,CLERC,Paul,M,,\n", "2014-04-25").by_commune
    ) == ["01033"]


@pytest.mark.parametrize(
    ("day", "started", "code"),
    [
        ("0018-01-08", date(2018, 1, 8), "short_year"),
        ("2019-12-05", date(2019, 5, 12), "turned_day"),
        ("2019-12-25", None, "day_to_come"),
        ("un jour", None, "no_day"),
        ("2008-03-15", None, "before_council"),
        ("2018", None, "no_day"),
    ],
)
def test_a_day_that_cannot_be_is_mended_or_left_out_and_reported(day, started, code):
    found = register(f"{PARIS},ROCHE,Lucie,F,2014-03-23,{day}\n", "2019-10-31")
    assert found.by_commune[PARIS][0].started_on == started
    assert [(fault.line, fault.code, fault.value) for fault in found.faults] == [(2, code, day)]


def test_a_person_listed_twice_is_one_with_the_later_day():
    rows = f"{PARIS},ROCHE,Lucie,F,,2014-04-05\n{PARIS},Roche,LUCIE,F,,2016-01-02\n"
    found = register(rows, "2019-10-31")
    assert [person.started_on for person in found.by_commune[PARIS]] == [date(2016, 1, 2)]
    assert [fault.code for fault in found.faults] == ["twice"]


def test_of_two_holders_of_one_office_none_is_certain_and_nobody_is_defeated():
    rows = f"{PARIS},ROCHE,Lucie,F,,2014-04-05\n{PARIS},CLERC,Paul,M,,2014-04-05\n"
    names = [Signatory("a", "Lucie Roche", PARIS), Signatory("b", "Ève Dumas", PARIS)]
    proposals = propose_matches(names, [register(rows, "2014-04-25")], date(2014, 3, 23))
    assert [one.level for one in proposals] == [Level.PROBABLE, Level.NONE]
    assert [one.outcome for one in proposals] == [None, None]


def test_two_signatories_who_would_both_be_one_mayor_are_both_for_a_person_to_see():
    names = [Signatory("a", "Lucie Roche", PARIS), Signatory("b", "ROCHE Lucie", PARIS)]
    found = match_signatories(names, register(f"{PARIS},ROCHE,Lucie,F,,\n", "2014-04-25"))
    assert [one.level for one in found] == [Level.PROBABLE] * 2


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        ("nom,prenom\n", "code insee"),
        ("insee,nom\n", "prenom de l elu"),
        ("a,b\n", "code insee, nom de l elu, prenom de l elu"),
    ],
)
def test_a_file_that_is_no_register_is_refused_by_the_columns_that_it_lacks(header, missing):
    with pytest.raises(Unreadable, match="register_without") as raised:
        register("", "2014-04-25", header)
    assert raised.value.error.values == (("columns", missing),)


COUNCIL = "Code de la commune;Nom de l'élu;Prénom de l'élu;Libellé de la fonction\n"


@pytest.mark.parametrize(
    ("office", "is_mayor"),
    [
        ("Maire", True),
        ("maire", True),
        ("Madame la Maire", True),
        ("Mairesse", True),
        ("1er adjoint au Maire", False),
        ("Maire-adjointe", False),
        ("Maire adj.", False),
        ("Maire délégué", False),
        ("Maire déléguée de la commune associée", False),
        ("Maire d'arrondissement", False),
        ("Maire honoraire", False),
        ("Ancien maire", False),
        ("Conseillère municipale", False),
        ("Conseiller municipal délégué auprès du maire", False),
        ("", False),
    ],
)
def test_of_a_list_of_councillors_the_mayors_are_read_alone(office, is_mayor):
    rows = f"29019;LE GOFF;Jeanne;{office}\n35238;APPERE;Nathalie;Maire\n"
    rows += "29019;ROY;Paul;\n29019;KERN;Zoé;2ème adjoint au Maire\n29019;BON;Ali\n"
    found = register(rows, "2026-06-30", COUNCIL).by_commune
    assert ("29019" in found) == is_mayor and "35238" in found
    signed = [Signatory("f-1", "Jeanne Le Goff", "29019"), Signatory("f-2", "Paul Roy", "29019")]
    levels = [one.level for one in match_signatories(signed, register(rows, "2026-06-30", COUNCIL))]
    assert levels == [Level.CERTAIN if is_mayor else Level.NONE, Level.NONE]


def test_a_list_of_councillors_without_their_offices_is_no_register_of_mayors():
    rows = "".join(f"{code},NOM{n},Jean\n" for code in ("29019", "35238") for n in range(3))
    with pytest.raises(Unreadable, match="register_of_councils"):
        register(rows, "2026-06-30", "insee,nom,prenom\n")


def test_a_register_of_other_offices_is_refused():
    with pytest.raises(Unreadable, match="register_no_mayor"):
        register("29019;LE GOFF;Jeanne;1er adjoint au Maire\n", "2026-06-30", COUNCIL)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04nothing", b"insee,nom,prenom\n\xff\xfe,\x00\n"]
)
def test_a_damaged_register_is_refused_with_the_reason(content):
    with pytest.raises(Unreadable):
        read_register(io.BytesIO(content), "r.csv", date(2014, 4, 25))


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("maires_2014-04-25.csv", date(2014, 4, 25)),
        ("maires-2019-10.csv", date(2019, 10, 31)),
        ("elus-maires-2.csv", None),
        ("maires_2014-13-45.csv", None),
        ("12014-04-25.csv", None),
    ],
)
def test_the_name_of_a_file_may_say_the_day_of_its_state(name, day):
    assert day_in_name(name) == day
