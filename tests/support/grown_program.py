"""The program with a column more in three files, made as CONTRIBUTING.md says; and what it is put
through, as a program of its own: `python -m tests.support.grown_program ADDRESS FOLDER`, with the
grown one first on the path."""

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.support.paths import ROOT

FIELDS = """
    Field("grown_budget", "actions", Type.WHOLE, unit="EUR", low=0, since=99),
    _code("grown_sample", "actions", ("drawn", "chosen"), since=99),
    Field("grown_translation", "actions", Type.PROSE, text=True, since=99),
    Field("grown_sworn_on", "signatories", Type.DATE, since=99),
    Field("grown_delegation", "mandates", Type.TEXT, text=True, since=99),
"""
MIGRATION = """
ALTER TABLE action ADD COLUMN grown_budget TEXT;
ALTER TABLE action ADD COLUMN grown_sample TEXT;
ALTER TABLE action_text ADD COLUMN grown_translation TEXT;
ALTER TABLE signatory ADD COLUMN grown_sworn_on TEXT;
ALTER TABLE mandate_text ADD COLUMN grown_delegation TEXT;
"""
NAMES = ("grown_budget", "grown_sample", "grown_translation", "grown_sworn_on", "grown_delegation")
MESSAGES = [f"{kind}.{name}" for kind in ("column_title", "dictionary") for name in NAMES]
MESSAGES += ["grown_sample.drawn", "grown_sample.chosen"]


def grow(folder: Path) -> Path:
    """The program with the columns, in that folder; what is not changed is linked to."""
    place = folder / "monitor"
    shutil.copytree(
        ROOT / "monitor",
        place,
        copy_function=os.symlink,
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    (folder / "data").symlink_to(ROOT / "data")
    schema = (place / "schema.py").read_text("utf-8")
    (place / "schema.py").unlink()
    (place / "schema.py").write_text(
        schema.replace("\n)\nFILES = ", f"{FIELDS})\nFILES = "), "utf-8"
    )
    (place / "store" / "schema" / "0099_columns.sql").write_text(MIGRATION, "utf-8")
    # What `python -m tests.support.postgres` writes.
    listed = place / "store" / "schema" / "tables.postgres.txt"
    lines = listed.read_text("utf-8")
    listed.unlink()
    for table, column in re.findall(r"ALTER TABLE (\w+) ADD COLUMN (\w+)", MIGRATION):
        lines += f"column\t{table}.{column}\ttext COLLATE C\n"
    listed.write_text(lines, "utf-8")
    for lang in ("fr", "en"):
        words = "".join(f'msgid "{name}"\nmsgstr "{name}"\n\n' for name in MESSAGES)
        (place / "locale" / lang / "grown.po").write_text(
            f'msgid ""\nmsgstr ""\n\n{words}', "utf-8"
        )
    return folder


def tell(address: str, folder: Path) -> None:
    """Run the story with the grown program. Raises AssertionError with what it says."""
    path = os.pathsep.join(map(str, (grow(folder / "grown"), ROOT)))
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.grown_program", address, str(folder)],
        cwd=folder,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-3_000:]


def main(address: str, folder: Path) -> None:
    from monitor import commands, export, queries
    from monitor.commands.actions import ActionWriter
    from monitor.commands.files import ACTIONS
    from monitor.commands.loading import file_in_memory
    from monitor.errors import Refused
    from monitor.models import RowOutcome
    from monitor.read.files import COLUMNS as PUBLISHED
    from monitor.schema import COLUMNS, ROW_TYPES
    from monitor.store import open_store
    from monitor.store.journal import Journal, verify
    from monitor.store.pacts_and_areas import current_pact
    from tests.support.former_log import HEAD

    assert set(NAMES) <= {name for names in COLUMNS.values() for name in names}
    store = open_store(address)
    commands.init_database(store)

    def check(*altered: int) -> int:
        with store.reading() as session:
            found = verify(session)
        assert found.altered == next(iter(altered), None), found
        return found.entries

    def load(content: str, text: str, into=store):
        return commands.load(
            into, content, file_in_memory(text), pact_id="mouves-2014", name="f.csv"
        )

    # The log of before is what it was.
    assert store.departures() == []
    assert check() == 70
    with store.reading() as session:
        ((hash_,),) = session.rows("SELECT hash FROM head")
    assert f"70:{hash_}" == HEAD

    # What is wrong in the new columns is refused, and what is right is loaded.
    head = "action_id,signatory_id,measure,happened_on,kind,summary,grown_budget,grown_sample,"
    head += "grown_translation\n"
    row = "{},collomb-lyon,2,2019-05,note,Un texte.,{},{},{}\n"
    refused = load("actions", head + row.format("n1", "beaucoup", "maybe", ""))
    assert {(one.column, one.code) for one in refused.errors} == {
        ("grown_budget", "not_a_number"),
        ("grown_sample", "unknown_code"),
    }
    files = {
        "signatories": "signatory_id,name,commune,grown_sworn_on\ns9,Une Autre,69123,2014-04\n",
        "mandates": "signatory_id,office,started_on,grown_delegation\ns9,mayor,2014-04-05,Écoles\n",
        "actions": head
        + row.format("n1", "84090.00", "drawn", "A text.")
        + row.format("n2", "", "", ""),
    }
    for content, text in files.items():
        assert load(content, text).loaded
    entries = check()
    assert store.departures() == []
    # Nor does the database take it from whoever comes past the checks.
    for more, rule in {
        ("1", "maybe", None): "action: grown_sample is unknown",
        ("1" * 2_001, None, None): "action: a text is too long",
        (None, None, "x" * 2_001): "action_text: a text is too long",
    }.items():
        grown_budget, grown_sample, grown_translation = more
        write = ROW_TYPES["actions"](
            action_id="n3",
            signatory_id="collomb-lyon",
            measure="2",
            happened_on="2019-05",
            kind="note",
            summary="Un texte.",
            grown_budget=grown_budget,
            grown_sample=grown_sample,
            grown_translation=grown_translation,
        )
        try:
            with store.writing() as session:
                journal = Journal(session, "operator", datetime.now(UTC))
                found = current_pact(session, "mouves-2014")
                assert found
                ActionWriter(session, journal, ACTIONS, found[1], "f.csv").write([(write, None)])
            raise AssertionError(f"{rule}: taken")
        except Refused as refusal:
            assert rule in refusal.values["rule"]

    # Loaded again it says nothing new, and a file without the columns says nothing of them.
    without = "action_id,signatory_id,measure,happened_on\nn1,collomb-lyon,2,2019-05\n"
    for content, text in (*files.items(), ("actions", without)):
        assert set(load(content, text).outcomes) == {RowOutcome.UNCHANGED}
    assert check() == entries

    # What is exported comes back, and is exported the same.
    def exported(into, name: str) -> dict[str, str]:
        export.publish_pact(into, "mouves-2014", folder / name, "csv")
        found = {content: folder / name / f"{content}.csv" for content in COLUMNS}
        return {
            content: path.read_text("utf-8-sig") for content, path in found.items() if path.exists()
        }

    other = open_store(f"sqlite:///{folder / 'other.db'}")
    commands.init_database(other, empty=True)
    first = exported(store, "first")
    with (folder / "first" / "pact.toml").open("rb") as file:
        assert commands.load_pact(other, file, name="pact.toml").loaded
    for content in ("areas", *files):
        if content in first:
            assert load(content, first[content], other).loaded
    assert exported(other, "second") == first
    assert '"84090","drawn","A text."' in first["actions"]
    assert '"2014-04"' in first["signatories"] and '"Écoles"' in first["mandates"]
    for form in ("datapackage", "sqlite"):
        export.publish_pact(store, "mouves-2014", folder / form, form)

    # Programs are told of it.
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT seq FROM action WHERE action_id = 'n1'")
        entries_of_seq = queries.published_actions(session, [seq], entries)
    assert entries_of_seq[
        ["grown_budget", "grown_sample", "grown_translation"]
    ].to_numpy().tolist() == [["84090", "drawn", "A text."]]
    assert PUBLISHED["actions"]["grown_sample"].values == ("drawn", "chosen")

    if address.startswith("sqlite"):
        tamper(store, check)
    # A court has the new text removed with the others.
    commands.redact_entry(store, None, seq, "Ordonnance")
    with store.reading() as session:
        assert session.rows("SELECT grown_translation FROM action_text WHERE seq = :s", s=seq) == [
            (None,)
        ]
    check()


def tamper(store, check) -> None:
    """What is changed, taken or added in a new column is found, by a verifier that knows none too."""
    from tests.support import log_verifier
    from tests.support.damage import intrude

    kept = store.path.read_bytes()
    with store.reading() as session:
        seqs = dict(session.rows("SELECT action_id, seq FROM action"))
        (seqs["s9"],), (seqs["m9"],) = session.rows(
            "SELECT seq FROM signatory WHERE signatory_id = 's9' "
            "UNION ALL SELECT seq FROM mandate WHERE signatory_id = 's9'"
        )
    log_verifier.verify(str(store.path))
    for table, name, value, row in (
        ("action", "grown_budget", "NULL", "n1"),
        ("action", "grown_budget", "'84091'", "n1"),
        ("action", "grown_sample", "'chosen'", "n1"),
        ("action_text", "grown_translation", "NULL", "n1"),
        ("action_text", "grown_translation", "''", "n2"),
        ("action", "grown_budget", "'1'", "n2"),
        ("action", "grown_sample", "0.5", "n2"),
        ("action", "grown_sample", "x'61'", "n2"),
        ("signatory", "grown_sworn_on", "NULL", "s9"),
        ("signatory", "grown_sworn_on", "'2014-05'", "s9"),
        ("mandate_text", "grown_delegation", "NULL", "m9"),
        ("mandate_text", "grown_delegation", "'Voirie'", "m9"),
    ):
        intrude(store, f"UPDATE {table} SET {name} = {value} WHERE seq = {seqs[row]}")
        check(seqs[row])
        try:
            log_verifier.verify(str(store.path))
            raise AssertionError(f"{name} = {value} of {row} was not found")
        except log_verifier.Altered as altered:
            assert f"entry {seqs[row]}" in str(altered)
        store.path.write_bytes(kept)
    check()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
