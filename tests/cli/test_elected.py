"""Finding the signatories in a register of mayors, on the command line."""

import csv
import io
import json
from datetime import date

import pytest
from click.testing import CliRunner

from monitor import commands
from monitor.cli.main import main
from monitor.matching.matches import Judgement
from monitor.matching.register import read_register
from monitor.models import Role
from monitor.store import open_store
from tests.support.team import sign_in

#: Of the packaged pact, with one name as another state spells it, a register of invented days.
HEADER = "insee,nom,prenom,sexe,date_debut_mandat,date_debut_fonction\n"
EARLY = """insee,nom,prenom,sexe,date_debut_mandat,date_debut_fonction
75056,HIDALGO,Anne,F,2014-03-30,2014-04-05
69123,COLOMB,Gerard,M,2014-03-30,2014-03-30
"""
LATE = """insee,nom,prenom,sexe,date_debut_mandat,date_debut_fonction
75056,HIDALGO,Anne,F,2020-06-28,2020-07-03
69123,DOUCET,Grégory,M,2020-06-28,2020-07-04
"""


LE_GOFF = b"insee,nom,prenom\n29019,LE GOFF,Jeanne\n"


@pytest.fixture
def run(url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "maires_2014-04-25.csv").write_text(EARLY, "utf-8")
    (tmp_path / "later.csv").write_text(LATE, "utf-8")

    def invoke(*arguments):
        return CliRunner().invoke(main, list(arguments))

    assert invoke("init").exit_code == 0
    return invoke


def proposals(result) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for row in csv.DictReader(io.StringIO(result.stdout)):
        found.setdefault(row["signatory_id"], []).append(row)
    return found


def head(run) -> str:
    return json.loads(run("status", "--format", "json").stdout)["head"]


def test_the_signatories_are_proposed_and_nothing_is_written(run):
    before = head(run)
    result = run("elected", "maires_2014-04-25.csv", "--format", "csv")
    found = proposals(result)
    assert {one: (rows[0]["match"], rows[0]["outcome"]) for one, rows in found.items()} == {
        "hidalgo-paris": ("certain", "elected"),
        "kosciusko-morizet-paris": ("none", "defeated"),
        "najdovski-paris": ("none", "defeated"),
        "collomb-lyon": ("certain", "elected"),
        "havard-lyon": ("none", "defeated"),
    }
    assert found["collomb-lyon"][0]["register_name"] == "Gerard COLOMB"
    assert "2 signataires retrouvés avec certitude" in result.stderr
    assert "rien n’a été écrit" in result.stderr
    assert head(run) == before


@pytest.fixture
def newly_signed(run, tmp_path):
    """Somebody whom the log knows by the signature alone, and the registers as mayor of Brest."""
    (tmp_path / "signed.csv").write_text(
        "signatory_id,name,commune\nf-1,Jeanne Le Goff,29019\n", "utf-8"
    )
    assert run("load", "signatories", "signed.csv").exit_code == 0
    for name, term, day in (
        ("maires_2014-04-25.csv", "2014-03-30", "2014-04-05"),
        ("later.csv", "2020-06-28", "2020-07-04"),
    ):
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write(f"29019,LE GOFF,Jeanne,F,{term},{day}\n")


def written_mandates(folder) -> list[list[str]]:
    """What the command wrote to be loaded, without the source."""
    rows = csv.reader(io.StringIO((folder / "out/mandates.csv").read_text("utf-8")))
    return [cells[:5] for cells in rows][1:]


DAYS = ("--state", "2014-04-25", "--state", "2020-12-31")
REGISTERS = ("maires_2014-04-25.csv", "later.csv", *DAYS)


@pytest.mark.usefixtures("newly_signed")
def test_what_is_certain_and_new_becomes_files_that_load(run, tmp_path):
    result = run("elected", *REGISTERS, "--to", "out")
    assert result.exit_code == 0 and "out/mandates.csv" in result.stderr
    assert written_mandates(tmp_path) == [["f-1", "mayor", "2014-04-05", "2020-07", "term_end"]]
    for content in ("signatories", "mandates"):
        loaded = run("load", content, f"out/{content}.csv", "--pact", "mouves-2014")
        assert loaded.exit_code == 0 and "1 " in loaded.stderr
    again = run("elected", *REGISTERS, "--to", "more")
    assert "Rien de certain n’est nouveau" in again.stderr


@pytest.mark.parametrize(
    ("name", "family", "given", "is_same"),
    [
        ("Jeanne Le Goff", "LE GOFF", "Jeanne", True),
        ("Le Goff, Jeanne", "LE GOFF", "Jeanne", True),
        ("Hugues d’Arcy", "D ARCY", "Hugues", True),
        ("Karel Van Damme", "DAMME", "Karel", True),
        ("Hugues de la Tournelle", "TOURNELLE (DE LA)", "Hugues", True),
        ("Anne-Marie Noël", "NOEL", "Anne Marie", True),
        ("Claire Tournier née Vasseur", "VASSEUR", "Claire", False),
        ("Claire Vasseur", "TOURNIER EP. VASSEUR", "Claire", True),
        ("Paul Gérard", "GIRARD", "Paul", False),
        ("Marie Durand", "DURANT", "Marie", False),
        ("Marie Dupont", "DUPOND", "Marie", False),
        ("Claire Tournier-Vasseur", "TOURNIER", "Claire", False),
        ("Claire Tournier", "TOURNIER VASSEUR", "Claire", False),
        ("Jean Lefebvre", "LEFEBVRE", "Jean-Pierre", False),
    ],
)
def test_nobody_is_written_as_elected_by_another_spelling_before_somebody_says_so(
    run, tmp_path, name, family, given, is_same
):
    signed = f'signatory_id,name,commune\nf-1,"{name}",29019\n'
    (tmp_path / "signed.csv").write_text(signed, "utf-8")
    assert run("load", "signatories", "signed.csv").exit_code == 0
    row = f"29019,{family},{given},,2014-03-30,2014-04-05\n"
    (tmp_path / "maires_2014-04-25.csv").write_text(HEADER + row, "utf-8")
    first = run("elected", "maires_2014-04-25.csv", "--to", "out")
    assert (tmp_path / "out" / "signatories.csv").exists() == is_same
    assert (
        f"autrement dans le registre : {name}" in first.stderr.replace("\u00a0", " ")
    ) != is_same
    found = read_register(io.BytesIO((HEADER + row).encode()), "x", date(2014, 4, 25))
    (person,) = found.by_commune["29019"]
    pair = ("mouves-2014", "f-1", person.key, date(2014, 4, 25), Judgement.SAME)
    store = open_store()
    commands.judge_match(store, sign_in(store, "Sacha", Role.REVIEWER), *pair)
    assert run("elected", "maires_2014-04-25.csv", "--to", "more").exit_code == 0
    assert (tmp_path / "more" / "signatories.csv").exists()


@pytest.mark.usefixtures("newly_signed")
def test_a_mandate_of_the_log_that_has_ended_since_is_corrected_with_its_end(run, tmp_path):
    mandates = "signatory_id,office,started_on\nf-1,mayor,2014-04\n"
    (tmp_path / "known.csv").write_text(mandates, "utf-8")
    assert run("load", "mandates", "known.csv").exit_code == 0
    run("elected", *REGISTERS, "--to", "out")
    loaded = run("load", "mandates", "out/mandates.csv")
    assert "1 corrigée" in loaded.stderr
    assert written_mandates(tmp_path) == [["f-1", "mayor", "2014-04", "2020-07", "term_end"]]


@pytest.mark.usefixtures("newly_signed")
def test_a_state_without_days_says_who_was_elected_and_nothing_of_mandates(run, tmp_path):
    (tmp_path / "maires_2014-04-26.csv").write_bytes(LE_GOFF)
    run("elected", "maires_2014-04-26.csv", "--to", "out")
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["signatories.csv"]


@pytest.mark.usefixtures("newly_signed")
def test_what_the_team_said_of_two_names_is_not_proposed_otherwise(run):
    store = open_store()
    key = read_register(io.BytesIO(LE_GOFF), "x", date(2014, 4, 25)).by_commune["29019"][0].key
    reviewer = sign_in(store, "Sacha", Role.REVIEWER)
    judgement = ("mouves-2014", "f-1", key, date(2014, 4, 25), Judgement.OTHER)
    commands.judge_match(store, reviewer, *judgement)
    found = proposals(run("elected", *REGISTERS, "--format", "csv"))
    assert (found["f-1"][0]["match"], found["f-1"][0]["outcome"]) == ("none", "")


@pytest.mark.usefixtures("newly_signed")
def test_a_later_mandate_alone_of_somebody_elected_is_left_to_a_person(run, tmp_path):
    """With it the log would deny the years before, for which the elected are taken to be in office."""
    known = "signatory_id,name,commune,outcome\nf-1,Jeanne Le Goff,29019,elected\n"
    (tmp_path / "known.csv").write_text(known, "utf-8")
    assert run("load", "signatories", "known.csv").exit_code == 0
    late = HEADER + "29019,LE GOFF,Jeanne,F,2014-03-30,2018-11-05\n"
    (tmp_path / "maires_2019-10.csv").write_text(late, "utf-8")
    result = run("elected", "maires_2019-10.csv", "--to", "out", "--format", "csv")
    assert proposals(result)["f-1"][0]["started_on"] == "2018-11-05"
    assert "Rien de certain n’est nouveau" in result.stderr


@pytest.mark.usefixtures("newly_signed")
def test_whom_the_log_calls_defeated_is_left_to_a_person(run, tmp_path):
    known = "signatory_id,name,commune,outcome\nf-1,Jeanne Le Goff,29019,defeated\n"
    (tmp_path / "known.csv").write_text(known, "utf-8")
    assert run("load", "signatories", "known.csv").exit_code == 0
    assert "Rien de certain n’est nouveau" in run("elected", *REGISTERS, "--to", "out").stderr


@pytest.mark.usefixtures("newly_signed")
def test_a_file_that_stands_is_never_overwritten(run, tmp_path):
    (tmp_path / "mandates.csv").write_text("mine", "utf-8")
    result = run("elected", *REGISTERS, "--to", ".")
    assert result.exit_code == 1 and "mandates.csv existe déjà" in result.stderr
    assert (tmp_path / "mandates.csv").read_text("utf-8") == "mine"


def test_an_extract_holds_the_communes_of_the_pact_and_says_the_same(run, tmp_path):
    with (tmp_path / "maires_2014-04-25.csv").open("a", encoding="utf-8") as file:
        file.write("29019,LE GOFF,Jeanne,F,2014-03-30,2014-04-05\n")
    whole = run("elected", "maires_2014-04-25.csv", "--extract", "out", "--format", "csv")
    assert "out/maires_2014-04-25.csv" in whole.stderr
    assert "GOFF" not in (tmp_path / "out/maires_2014-04-25.csv").read_text("utf-8")
    part = run("elected", "out/maires_2014-04-25.csv", "--format", "csv")
    assert part.stdout == whole.stdout


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("later.csv",), "De quel jour est l’état « later.csv »"),
        (("later.csv", "--state", "2020"), "2020"),
        (
            ("later.csv", "--state", "2020-12-31", "--state", "2020-12-31"),
            "une fois pour chaque fichier",
        ),
        (("none_2020-12.csv",), "none_2020-12.csv"),
        (("notes_2020-12.csv",), "code insee, nom de l elu, prenom de l elu"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_that_says_what_to_do(
    run, tmp_path, arguments, expected
):
    (tmp_path / "notes_2020-12.csv").write_text("a,b\n1,2\n", "utf-8")
    result = run("elected", *arguments)
    assert result.exit_code in (1, 2) and isinstance(result.exception, SystemExit)
    assert expected in result.stderr


def test_a_pact_without_signatories_says_to_load_them_first(run, tmp_path):
    pact = tmp_path / "pact.toml"
    run("demo", "--signatories", "1")
    pact.write_text(PACT, "utf-8")
    assert run("load", "pact", "pact.toml").exit_code == 0
    result = run("elected", "maires_2014-04-25.csv", "--pact", "vide")
    assert result.exit_code == 1 and "n’a pas de signataire" in result.stderr


PACT = """id = "vide"
title = "Pacte vide"
promoter = "Personne"
election = "Élection"
election_on = 2014-03-23
term_start = 2014-04-01
term_end = 2020-07-05
language = "fr"
fictional = true

[[measures]]
id = "1"
objective = "Objectif"
wording = "Libellé."
title_fr = "Titre"
title_en = "Title"
criterion_fr = "Critère"
criterion_en = "Criterion"
"""


def put_to(office: str) -> str:
    return PACT.replace("fictional = true", f'fictional = true\nbinding_offices = ["{office}"]')


@pytest.mark.parametrize(
    ("pact", "signatories", "expected"),
    [
        (
            put_to("majority_councillor"),
            "signatory_id,name,commune\nx,Ève Roy,29019\n",
            "ne s’adresse pas aux maires",
        ),
        (
            put_to("mayor"),
            "signatory_id,name,commune,kind\nx,Brest en commun,29019,list\n",
            "n’est une personne",
        ),
        (
            put_to("mayor"),
            "signatory_id,name,commune\nx,Ève Roy,QC-1\n",
            "dans une commune de la référence",
        ),
    ],
)
def test_a_register_of_mayors_that_does_not_fit_is_said_not_to(
    run, tmp_path, pact, signatories, expected
):
    (tmp_path / "pact.toml").write_text(pact, "utf-8")
    (tmp_path / "areas.csv").write_text("code,name\nQC-1,Québec\n", "utf-8")
    (tmp_path / "signatories.csv").write_text(signatories, "utf-8")
    assert run("load", "pact", "pact.toml").exit_code == 0
    for content in ("areas", "signatories"):
        assert run("load", content, f"{content}.csv", "--pact", "vide").exit_code == 0
    result = run("elected", "maires_2014-04-25.csv", "--pact", "vide")
    assert result.exit_code == 1 and expected in result.stderr
