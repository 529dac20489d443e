"""A pact that one admin proposes on a page, and another accepts."""

import base64
import io
import json
import zipfile

import pytest

from monitor import commands
from monitor.errors import Changed, InvalidValue, NotAllowed, NotFound, Refused
from monitor.intake import Mending
from monitor.intake.uploads import unpack_files
from monitor.models import Role
from monitor.snapshot import Snapshots
from monitor.store.journal import verify
from tests.support.team import sign_in
from tests.support.whole_pacts import SHEETS, workbook

FILES = [("pacte.xlsx", workbook(SHEETS))]


@pytest.fixture
def admins(empty):
    return [sign_in(empty, name, Role.ADMIN) for name in ("Ada", "Bea")]


def proposed(store) -> commands.ProposedPact:
    with store.reading() as session:
        (found,) = commands.proposed_pacts(session)
    return found


def pacts(store) -> list[str]:
    return list(Snapshots(store).current().logs)


def test_a_proposed_pact_is_nowhere_in_the_log_until_another_admin_accepts_it(empty, admins):
    ada, bea = admins
    commands.propose_pact(empty, ada, FILES)
    one = proposed(empty)
    assert (one.author, one.files) == ("Ada", FILES) and pacts(empty) == []
    whole = commands.accept_pact(empty, bea, "Ada", one.digest)
    assert whole.loaded and pacts(empty) == ["velo-2026"]
    with empty.reading() as session:
        assert commands.proposed_pacts(session) == [] and verify(session).intact
        acts = session.rows("SELECT actor, kind, about FROM team_act WHERE kind LIKE 'pact%'")
    assert acts == [("Ada", "pact_proposed", None), ("Bea", "pact_accepted", "Ada")]


def test_the_preview_of_a_new_pact_waits_for_nobody_and_keeps_nobody_waiting(empty):
    with empty.writing():
        whole = commands.preview_pact(empty, FILES, "fr")
    assert whole.is_whole and not whole.loaded and pacts(empty) == []


def test_nobody_accepts_their_own_pact_nor_what_they_have_not_seen(empty, admins):
    ada, bea = admins
    commands.propose_pact(empty, ada, FILES)
    digest = proposed(empty).digest
    with pytest.raises(NotAllowed, match="own_work"):
        commands.accept_pact(empty, ada, "Ada", digest)
    commands.propose_pact(empty, ada, [*FILES, ("notes.txt", b"x")])
    with pytest.raises(Changed, match="proposed_pact_changed"):
        commands.accept_pact(empty, bea, "Ada", digest)
    commands.drop_pact(empty, ada, "Ada")
    with pytest.raises(NotFound, match="no_proposed_pact"):
        commands.accept_pact(empty, bea, "Ada", digest)
    assert pacts(empty) == []


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.REVIEWER])
def test_only_admins_propose_and_accept(empty, admins, role):
    other = sign_in(empty, "Cléo", role)
    with pytest.raises(NotAllowed):
        commands.propose_pact(empty, other, FILES)
    commands.propose_pact(empty, admins[0], FILES)
    with pytest.raises(NotAllowed):
        commands.accept_pact(empty, other, "Ada", proposed(empty).digest)
    with pytest.raises(NotAllowed):
        commands.drop_pact(empty, other, "Ada")
    assert pacts(empty) == []


@pytest.mark.parametrize("tied", ["Ada", "Bea"])
def test_who_is_tied_to_a_commune_of_the_pact_neither_proposes_nor_accepts_it(empty, admins, tied):
    commands.change_account(empty, None, tied, communes={"59350"})
    commands.propose_pact(empty, admins[0], FILES)
    with pytest.raises(Refused, match="conflict_of_interest"):
        commands.accept_pact(empty, admins[1], "Ada", proposed(empty).digest)
    assert pacts(empty) == [] and proposed(empty).author == "Ada"


def test_a_pact_with_a_refused_row_is_not_loaded_and_still_waits(empty, admins):
    bad = [("pacte.xlsx", workbook({**SHEETS, "actions": [*SHEETS["actions"], ("a2", "x")]}))]
    commands.propose_pact(empty, admins[0], bad)
    whole = commands.accept_pact(empty, admins[1], "Ada", proposed(empty).digest)
    assert not whole.loaded and whole.remains_out and pacts(empty) == []
    assert proposed(empty).files == bad


def test_two_pacts_of_one_name_are_not_accepted_as_they_were_shown_before_the_other(empty, admins):
    ada, bea = admins
    carl = sign_in(empty, "Carl", Role.ADMIN)
    commands.propose_pact(empty, ada, FILES)
    ours = [("s9", "Zoé Zola", "59350", ""), *SHEETS["Signataires"][1:]]
    theirs = [("p.xlsx", workbook({**SHEETS, "Signataires": [SHEETS["Signataires"][0], *ours]}))]
    commands.propose_pact(empty, bea, theirs)
    with empty.reading() as session:
        digests = {one.author: one.digest for one in commands.proposed_pacts(session)}
    shown = [one.outcomes for one in commands.preview_pact(empty, theirs, "fr").reports]
    assert commands.accept_pact(empty, carl, "Ada", digests["Ada"]).loaded
    late = commands.accept_pact(empty, carl, "Bea", digests["Bea"], expected=shown)
    assert not late.loaded and proposed(empty).author == "Bea"
    shown = [one.outcomes for one in commands.preview_pact(empty, theirs, "fr").reports]
    assert commands.accept_pact(empty, carl, "Bea", digests["Bea"], expected=shown).loaded


def archive(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return buffer.getvalue()


def test_an_archive_stands_for_the_files_in_it_without_their_folders():
    packed = archive({"pacte/": b"", "pacte/pact.toml": b"a", "pacte/mandates.csv": b"b"})
    found = unpack_files([("x.csv", b"c"), ("tout.ZIP", packed)])
    assert found == [("x.csv", b"c"), ("pact.toml", b"a"), ("mandates.csv", b"b")]


def test_files_of_one_name_keep_apart_and_one_that_comes_twice_stands_once():
    packed = archive({"59/élus.csv": b"a", "69/élus.csv": b"b", "75/élus.csv": b"a"})
    found = unpack_files([("tout.zip", packed), ("élus.csv", b"c"), ("élus.csv", b"b")])
    assert found == [("élus.csv", b"a"), ("élus (2).csv", b"b"), ("élus (3).csv", b"c")]


@pytest.mark.parametrize(
    ("packed", "code"),
    [
        (b"PK\x03\x04 cut short", "archive_damaged"),
        (archive({"x.csv": b"0" * 20_000_001}), "archive_too_large"),
        (archive({f"{n}.csv": b"" for n in range(101)}), "archive_too_large"),
    ],
    ids=["damaged", "many bytes", "many files"],
)
def test_an_archive_that_cannot_be_unpacked_is_refused(packed, code):
    with pytest.raises(InvalidValue, match=code):
        unpack_files([("tout.zip", packed)])


#: A pact with one wrong cell in a sheet of each sort, and what is written there instead.
FAULTY = {
    **SHEETS,
    "Pacte": [*SHEETS["Pacte"][:-2], ("Fonctions engagées", "roi")],
    "MESURES": [*SHEETS["MESURES"][:-1], ("2 b", "", "Poser des arceaux", "A", "S", "P", "L", "")],
    "Signataires": [*SHEETS["Signataires"], ("s3", "Chloé Caron", "59 350 Lile", "")],
    "Réponses": [("Nom", "M1"), ("Chloé Caron", "x"), ("Aline Abrial", "oui")],
}
MENDED = {
    "Pacte": {(len(FAULTY["Pacte"]), "binding_offices"): "maire"},
    "MESURES": {(3, "id"): "2"},
    "Signataires": {(4, "commune"): "Lille"},
    "Réponses": {(2, "M1"): "oui"},
}


@pytest.mark.parametrize("sheet", MENDED)
def test_each_cell_that_was_written_anew_is_proposed_with_its_sheet_and_loaded(
    empty, admins, sheet
):
    ada, bea = admins
    files = [("pacte.xlsx", workbook(FAULTY))]
    cells = {f"pacte.xlsx · {name}": Mending(cells=anew) for name, anew in MENDED.items()}
    part = cells.pop(f"pacte.xlsx · {sheet}")
    refused = commands.preview_pact(empty, files, "fr", cells)
    assert not refused.is_whole
    cells[f"pacte.xlsx · {sheet}"] = part
    whole = commands.preview_pact(empty, files, "fr", cells)
    assert whole.is_whole, [report.errors for report in whole.reports]
    assert sum(len(report.mended) for report in whole.reports) == len(MENDED)
    commands.propose_pact(empty, ada, files, cells)
    one = proposed(empty)
    assert one.mended == cells and one.files == files
    assert commands.accept_pact(empty, bea, "Ada", one.digest).loaded
    with empty.reading() as session:
        rows = session.rows("SELECT line, column_name FROM mended_cell ORDER BY load_seq")
    assert rows == [(4, "commune"), (2, "M1")]


def test_what_was_proposed_before_cells_could_be_written_anew_is_still_read(empty, admins):
    ada, bea = admins
    commands.propose_pact(empty, ada, FILES)
    packed = json.dumps([(name, base64.b64encode(data).decode()) for name, data in FILES])
    with empty.writing() as session:
        session.execute("UPDATE proposed_pact SET files = :files", files=packed)
    one = proposed(empty)
    assert one.files == FILES and commands.accept_pact(empty, bea, "Ada", one.digest).loaded
