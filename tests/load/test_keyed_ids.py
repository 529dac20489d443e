"""Ids of people who have none of their own: nobody can test a guess of a name without the database."""

import gzip
import hashlib
import re

import pytest

from monitor import commands
from monitor.errors import DatabaseDamaged
from monitor.export import publish_pact
from monitor.intake.person_names import name_key
from monitor.snapshot import Snapshots
from monitor.store import open_store
from monitor.store.id_key import read_id_key
from tests.support.clock import NOW
from tests.support.loading import PACT, entries, load
from tests.support.paths import FIXTURES, SHAPES

ENGINES = ("sqlite", "postgres")
LILLE = "59350"
PEOPLE = "name,commune,outcome\nAline Abrial,Lille,elected\nBasile Brun,Lyon,defeated\n"
FACTS = (
    "signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
    "Aline Abrial (Lille),1,2016-03-01,decided,Vote.,council_act,Acte\n"
)


def plain_id(name: str, commune: str) -> str:
    """What was derived before there was a key: anybody can compute it."""
    joined = f"{name_key(name)}\x1f{commune}"
    return f"p-{hashlib.sha256(joined.encode()).hexdigest()[:16]}"


def people(store, pact: str | None = PACT) -> dict[str, str]:
    """Name -> id of those who are not of the packaged pact."""
    known = Snapshots(store).current().log(pact or PACT).signatories
    found = zip(known.signatory_id, known.name, strict=True)
    return {name: one for one, name in found if one.startswith("p-")}


def load_people(store, text: str = PEOPLE, **options):
    return load(store, text, "signatories", **options)


def remove_name(store, signatory_id: str) -> None:
    with store.reading() as session:
        ((seq,),) = session.rows(
            "SELECT seq FROM signatory WHERE signatory_id = :name", name=signatory_id
        )
    commands.redact_entry(store, None, seq, "Ordonnance", NOW)


def with_former_ids(text: str = PEOPLE) -> str:
    """The file as if a program of before had given its people their ids."""
    head, *rows = text.splitlines()
    codes = {"Lille": LILLE, "Lyon": "69123"}
    cells = [row.split(",") for row in rows]
    return "\n".join(
        [f"signatory_id,{head}", *(",".join([plain_id(c[0], codes[c[1]]), *c]) for c in cells)]
    )


@pytest.mark.sqlite
def test_nobody_can_compute_an_id_from_a_name(store):
    load_people(store)
    found = people(store)
    assert all(re.fullmatch("p-[0-9a-f]{16}", one) for one in found.values())
    guesses = {plain_id(name, code) for name in found for code in (LILLE, "69123")}
    assert guesses.isdisjoint(found.values())


def test_a_reload_finds_everybody_and_their_facts(store):
    load_people(store)
    load(store, FACTS)
    before = entries(store)
    assert load_people(store).outcomes == {"unchanged": 2}
    assert load(store, FACTS).outcomes == {"unchanged": 1}
    assert entries(store) == before


def test_whose_name_was_removed_is_not_brought_back_as_somebody_else(store):
    load_people(store)
    remove_name(store, people(store)["Aline Abrial"])
    report = load_people(store, skip_rejected=True)
    assert [error.code for error in report.errors] == ["conflict_redacted"]
    assert set(people(store)) == {"—", "Basile Brun"}


@pytest.mark.parametrize("removed", [False, True])
def test_who_had_an_id_before_there_was_a_key_keeps_it(store, removed):
    load_people(store, with_former_ids())
    assert people(store)["Aline Abrial"] == plain_id("Aline Abrial", LILLE)
    if removed:
        remove_name(store, plain_id("Aline Abrial", LILLE))
    before = people(store)
    report = load_people(store, skip_rejected=True)
    assert report.outcomes == ({"unchanged": 1, "conflict": 1} if removed else {"unchanged": 2})
    assert people(store) == before


@pytest.mark.sqlite
def test_an_id_of_before_is_taken_by_nobody_new(store):
    load_people(store, with_former_ids())
    load_people(store, PEOPLE + "Zoé Zola,Lille,elected\n")
    assert people(store)["Zoé Zola"] != plain_id("Zoé Zola", LILLE)


@pytest.mark.sqlite
def test_a_trial_shows_the_ids_that_the_load_gives(store):
    twice = PEOPLE + "Abrial-Petit Aline,Lille,elected\n"
    tried = load_people(store, twice, dry_run=True)
    doubts = [dict(doubt.values)["id"] for doubt in tried.doubts if "id" in dict(doubt.values)]
    load_people(store, twice)
    assert doubts and set(doubts) <= set(people(store).values())


@pytest.mark.sqlite
def test_the_same_person_has_another_id_in_another_pact_and_in_another_database(store, tmp_path):
    load_people(store)
    with (SHAPES / "maire-et-adjoints" / "pact.toml").open("rb") as file:
        other = commands.load_pact(store, file, name="pact.toml", now=NOW).pact_id
    load_people(store, "name,commune,outcome\nAline Abrial,Lille,elected\n", pact_id=other)
    apart = open_store(f"sqlite:///{tmp_path / 'apart.db'}")
    commands.init_database(apart, now=NOW)
    load_people(apart)
    ids = [people(store), people(store, other), people(apart)]
    assert len({found["Aline Abrial"] for found in ids}) == 3


@pytest.mark.sqlite
def test_whose_name_was_removed_has_none_in_an_export_and_is_asked_for_elsewhere(store, tmp_path):
    load_people(store)
    removed = people(store)["Aline Abrial"]
    remove_name(store, removed)
    publish_pact(store, PACT, tmp_path / "open", "csv")
    apart = open_store(f"sqlite:///{tmp_path / 'apart.db'}")
    commands.init_database(apart, now=NOW)
    assert load_people(apart, (tmp_path / "open" / "signatories.csv").read_text("utf-8-sig")).loaded
    doubts = load_people(apart, dry_run=True).doubts
    assert [dict(one.values)["id"] for one in doubts if one.code == "name_removed_there"] == [
        removed
    ]


@pytest.mark.sqlite
def test_an_export_brings_its_ids_to_another_database(store, tmp_path):
    load_people(store)
    load(store, FACTS)
    publish_pact(store, PACT, tmp_path / "open", "csv")
    apart = open_store(f"sqlite:///{tmp_path / 'apart.db'}")
    commands.init_database(apart, now=NOW)
    for content in ("signatories", "actions"):
        text = (tmp_path / "open" / f"{content}.csv").read_text("utf-8-sig")
        assert load(apart, text, content).loaded
    before = entries(apart)
    assert load_people(apart).loaded and load(apart, FACTS).loaded
    assert people(apart) == people(store) and entries(apart) == before


def test_copies_keep_the_key(store, postgres, tmp_path):
    with store.reading() as session:
        key = read_id_key(session)
    address = postgres.fresh()
    other = open_store(address)
    again = open_store(f"sqlite:///{tmp_path / 'again.db'}")
    back = open_store(f"sqlite:///{tmp_path / 'back.db'}")
    back.create()
    commands.copy_database(store, other)
    commands.copy_database(other, again)
    commands.back_up(other, tmp_path / "backup.db")
    commands.restore_backup(back, tmp_path / "backup.db")
    found = []
    for one in (other, again, back):
        one.create()
        with one.reading() as session:
            found.append(read_id_key(session))
    postgres.drop(address)
    assert found == [key] * 3


@pytest.mark.sqlite
@pytest.mark.parametrize("version", ["log_of_0_1_0", "log_of_0_2_0", "log_of_2026_11"])
def test_an_upgrade_makes_a_key_once(url, tmp_path, version):
    data = gzip.decompress((FIXTURES / f"{version}.db.gz").read_bytes())
    keys = []
    for name in ("one.db", "two.db", "one.db"):
        path = tmp_path / name
        if not path.exists():
            path.write_bytes(data)
        open_store(f"sqlite:///{path}").create()
        with open_store(f"sqlite:///{path}").reading() as session:
            keys.append(read_id_key(session))
    assert keys[0] == keys[2] != keys[1]


@pytest.mark.sqlite
def test_no_export_holds_the_key(store, tmp_path):
    with store.reading() as session:
        key = read_id_key(session)
    for form in ("csv", "json", "sqlite", "datapackage"):
        publish_pact(store, PACT, tmp_path / form, form)
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".db"]
    files += list(tmp_path.rglob("sqlite/*.db"))
    assert len(files) > 10
    found = [path.read_bytes() for path in files]
    assert not [data for data in found if key.encode() in data or b"id_key" in data]


@pytest.mark.sqlite
def test_without_its_key_a_database_gives_nobody_an_id(store):
    with store.writing() as session:
        session.execute("DROP TRIGGER id_key_no_delete")
        session.execute("DELETE FROM id_key")
    before = entries(store)
    with pytest.raises(DatabaseDamaged, match="id_key_missing"):
        load_people(store)
    assert entries(store) == before


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("row", "doubted"),
    [
        ("Aline Abrial-Petit,Lille,elected", True),
        ("Zoé Zola,Lille,elected", True),
        ("Aline Abrial,Lyon,elected", False),
    ],
)
def test_somebody_new_where_a_name_was_removed_is_doubted(store, row, doubted):
    load_people(store)
    removed = people(store)["Aline Abrial"]
    remove_name(store, removed)
    report = load_people(store, f"name,commune,outcome\n{row}\n", name="other.csv")
    doubts = [doubt for doubt in report.doubts if doubt.code == "name_removed_there"]
    assert [dict(doubt.values)["id"] for doubt in doubts] == [removed] * doubted
    again = load_people(store, f"name,commune,outcome\n{row}\n", name="other.csv")
    assert "name_removed_there" not in [doubt.code for doubt in again.doubts]
