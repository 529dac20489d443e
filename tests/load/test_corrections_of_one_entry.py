"""Of an entry and of all that corrects it, one stands: the last written that nobody withdrew. However it
was written, wherever it is read, and in an export loaded again."""

import csv
import subprocess
import sys
from itertools import cycle
from shutil import which
from typing import NamedTuple

import pytest

from monitor import commands, export, status
from monitor.models import Decision, Kind, Role
from monitor.queries.published import action_ids
from monitor.read import log_entries, query
from monitor.snapshot import Snapshots
from monitor.store import open_store
from monitor.store.postgres import PostgresStore
from monitor.store.public_views import SCHEMA
from tests.support.app import HEADER, open_page
from tests.support.app import words as shown
from tests.support.exports import load_export, printed_tables
from tests.support.loading import PACT, load
from tests.support.routes import words
from tests.support.team import action

ACCEPTED, REFUSED = Decision.ACCEPTED, Decision.REFUSED
WHO, CITY = "hidalgo-paris", "75056"


class Op(NamedTuple):
    """An entry: its name, what it corrects or, if `withdraws`, takes back, and what a reviewer decides
    of it at once (None: nothing)."""

    name: str
    target: str = ""
    withdraws: bool = False
    decision: Decision | None = ACCEPTED


def gone(name: str, target: str) -> Op:
    return Op(name, target, withdraws=True)


A, B, C = Op("a"), Op("b", "a"), Op("c", "a")
#: What was written, what stands of it, and what of the rest is said to be replaced or withdrawn by what.
FILED = {
    "two corrections": ([A, B, C], "c", {"a": "c", "b": "c"}),
    "three": ([A, B, C, Op("d", "a")], "d", {"a": "d", "b": "d", "c": "d"}),
    "the second withdrawn": ([A, B, C, gone("r", "c")], "b", {"a": "b", "c": "r"}),
    "the first withdrawn": ([A, B, C, gone("r", "b")], "c", {"a": "c", "b": "r"}),
    "both withdrawn": ([A, B, C, gone("r", "c"), gone("q", "b")], "a", {"c": "r", "b": "q"}),
    "the first entry withdrawn": ([A, B, C, gone("r", "a")], "c", {"a": "r", "b": "c"}),
    "all withdrawn": (
        [A, B, C, gone("r", "c"), gone("q", "b"), gone("p", "a")],
        "",
        {"a": "p", "b": "q", "c": "r"},
    ),
    "the withdrawal of the second withdrawn": (
        [A, B, C, gone("r", "c"), gone("q", "r")],
        "c",
        {"a": "c", "b": "c", "r": "q"},
    ),
    "a withdrawal withdrawn, then corrected": (
        [A, gone("r", "a"), gone("q", "r"), B],
        "b",
        {"a": "b", "r": "q"},
    ),
    "the replaced one corrected": ([A, B, C, Op("d", "b")], "d", {"a": "c", "b": "d", "c": "d"}),
    "that one withdrawn": (
        [A, B, C, Op("d", "b"), gone("r", "d")],
        "c",
        {"a": "c", "b": "c", "d": "r"},
    ),
    "a chain beside another": (
        [A, B, Op("c", "b"), Op("d", "a"), Op("e", "d")],
        "e",
        {"a": "d", "b": "c", "c": "e", "d": "e"},
    ),
    "that chain withdrawn from its end": (
        [A, B, Op("c", "b"), Op("d", "a"), Op("e", "d"), gone("r", "e"), gone("q", "d")],
        "c",
        {"a": "b", "b": "c", "d": "q", "e": "r"},
    ),
    "a correction of what was withdrawn": ([A, gone("r", "a"), B], "b", {"a": "r"}),
    "two of what was withdrawn": ([A, gone("r", "a"), B, C], "c", {"a": "r", "b": "c"}),
    "a chain": ([A, B, Op("c", "b")], "c", {"a": "b", "b": "c"}),
}
#: What only people decide.
DECIDED = {
    "two wait": ([A, B._replace(decision=None), C._replace(decision=None)], "a", {}),
    "one waits, one is accepted": ([A, B._replace(decision=None), C], "c", {"a": "c"}),
    "refused after accepted": ([A, B, C._replace(decision=REFUSED)], "b", {"a": "b"}),
    "accepted after refused": ([A, B._replace(decision=REFUSED), C], "c", {"a": "c"}),
    "one that waited is corrected": ([A, B._replace(decision=None), Op("c", "b")], "c", {"a": "c"}),
    "one that was refused is corrected": (
        [A, B._replace(decision=REFUSED), Op("c", "b")],
        "c",
        {"a": "c"},
    ),
    "that correction withdrawn": (
        [A, B._replace(decision=REFUSED), Op("c", "b"), gone("r", "c")],
        "a",
        {"c": "r"},
    ),
}


def row(op: Op, about: str = f"{WHO},3", mark: str = "") -> str:
    name, target = mark + op.name, mark + op.target if op.target else ""
    reason = "Relu" if target else ""
    if op.withdraws:
        return f"{name},{about},2019-04-01,retraction,,,,,,,{target},{reason},\n"
    return f"{name},{about},2019-03-01,,stalled,Acte {name}.,press,Journal,,,{target},{reason},\n"


def write_files(store, ops) -> dict[str, str]:
    for op in ops:
        assert load(store, HEADER + row(op)).loaded
    return {op.name: op.name for op in ops}


def write_one_file(store, ops) -> dict[str, str]:
    assert load(store, HEADER + "".join(map(row, ops))).loaded
    return {op.name: op.name for op in ops}


def write_forms(store, ops, people) -> dict[str, str]:
    ids: dict[str, str] = {}
    for op in ops:
        values = {"signatory_id": WHO, "measure": "3", "happened_on": "2019-03-01"}
        values |= {"status": "stalled", "summary": f"Acte {op.name}."}
        if op.target:
            values |= {"supersedes": ids[op.target], "reason": "Relu"}
        if op.withdraws:
            values |= dict.fromkeys(("summary", "status", "source_kind", "source_title"), "")
            values |= dict.fromkeys(("source_publisher", "source_url"), "")
            values["kind"] = Kind.RETRACTION
        written = commands.log_action(store, people[Role.VOLUNTEER], action(**values))
        ids[op.name] = written.action_id
        if op.decision:
            why = "" if op.decision is ACCEPTED else "Faux."
            commands.review_action(store, people[Role.REVIEWER], written.seq, op.decision, why)
    return ids


def check(store, ids, left, later) -> None:
    """What stands of these entries, and what is said of the others, is that."""
    view = query.read_view(Snapshots(store).current(), {"pacte": PACT})
    assert view is not None
    with store.reading() as session:
        found = dict(session.rows("SELECT action_id, seq FROM action"))
    seqs = {name: found[ids[name]] for name in ids}
    standing = set(view.known.everything.seq.tolist())
    assert {name for name in ids if seqs[name] in standing} == set(left)
    public = [name for name in ids if view.state.is_public(seqs[name])]
    names = {seq: name for name, seq in seqs.items()}
    said = log_entries.read_entries(view, [seqs[name] for name in public])
    assert {
        names[one.seq]: names[one.later_seq] for one in said if one.later_seq is not None
    } == later
    check_outside(store, seqs, {seqs[name] for name in later})
    rows = view.everything
    (about,) = rows[(rows["signatory_id"] == WHO) & (rows["measure"] == "3")].itertuples()
    assert about.status == ("stalled" if left else "decided")


def check_outside(store, seqs, replaced) -> None:
    """Whoever reads a PostgreSQL database from outside is told that these do not stand."""
    if isinstance(store, PostgresStore):
        with store.reading() as session:
            found = session.rows(f"SELECT seq FROM {SCHEMA}.action WHERE later_seq IS NOT NULL")
        assert replaced <= {seq for (seq,) in found} <= {*seqs.values()}


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize(("ops", "left", "later"), FILED.values(), ids=FILED)
@pytest.mark.parametrize("write", [write_files, write_one_file])
def test_one_of_the_corrections_that_files_bring_stands(store, browser_of, write, ops, left, later):
    check(store, write(store, ops), left, later)


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize(
    ("ops", "left", "later"), [*FILED.values(), *DECIDED.values()], ids=[*FILED, *DECIDED]
)
def test_one_of_the_corrections_that_people_accept_stands(store, people, ops, left, later):
    check(store, write_forms(store, ops, people), left, later)


def test_a_correction_that_waited_while_a_later_one_was_accepted_changes_nothing(store, people):
    ids = write_forms(store, [A, B._replace(decision=None), C], people)
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT seq FROM action WHERE action_id = :id", id=ids["b"])
    commands.review_action(store, people[Role.REVIEWER], seq, ACCEPTED)
    check(store, ids, "c", {"a": "c", "b": "c"})


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_reader_reads_one_fact_and_what_replaced_the_others(store, browser_of, client, lang):
    write_one_file(store, [A, B, C])
    line = {
        "fr": ("Corrigée par l’entrée n° ", "Remplacée par l’entrée n° ", "pour corriger la même."),
        "en": ("Corrected by entry no. ", "Replaced by entry no. ", "to correct the same one."),
    }[lang]
    day = {"au": "2019-12-31", "lang": lang}
    for said in (
        words(client, f"/ville/{CITY}?au=2019-12-31&lang={lang}"),
        shown(open_page("communes", commune=CITY, **day)),
        shown(open_page("actions", commune=CITY, **day)),
        client.get(f"/flux.atom?commune={CITY}&lang={lang}").text.replace("\u00a0", " "),
    ):
        missing = [one for one in ("Acte a.", "Acte b.", "Acte c.", *line) if one not in said]
        assert missing == []
    table = client.get(f"/api/v1/actions.csv?commune={CITY}&lang={lang}").text.lstrip("\ufeff")
    stands = {one["action_id"]: one["stands"] for one in csv.DictReader(table.splitlines())}
    assert [stands[name] for name in "abc"] == ["False", "False", "True"]


def test_what_corrects_a_correction_that_nobody_reads_is_said_to_correct_the_entry(
    store, people, client
):
    write_forms(store, DECIDED["one that waited is corrected"][0], people)
    said = words(client, f"/ville/{CITY}?au=2019-12-31")
    assert "Corrigée par l’entrée n°" in said and "Remplacée par" not in said


def test_an_export_of_all_of_them_says_the_same_by_its_scripts_and_loaded_again(store, tmp_path):
    known = status.what_is_known(Snapshots(store).current().log(PACT))
    pairs = known.commitments[["signatory_id", "measure"]].astype("str").agg(",".join, axis=1)
    rows, left = [], set()
    for about, (name, (ops, standing, _)) in zip(cycle(pairs), FILED.items(), strict=False):
        mark = name.replace(" ", "-").replace(",", "") + "-"
        rows += [row(op, about, mark) for op in ops]
        left |= {f"{mark}{one}" for one in standing}
    assert load(store, HEADER + "".join(rows)).loaded
    export.publish_pact(store, PACT, tmp_path / "bundle", "bundle")
    scripts = [[sys.executable, "-S", "reproduce.py"]]
    if rscript := which("Rscript"):
        scripts.append([rscript, "reproduce.R"])
    for script in scripts:
        done = subprocess.run(script, cwd=tmp_path / "bundle", capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    export.publish_pact(store, PACT, tmp_path / "out", "csv")
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    other.create()
    load_export(other, tmp_path / "out", PACT)
    assert printed_tables(other, PACT) == printed_tables(store, PACT)
    for one in (store, other):
        seqs = status.what_is_known(Snapshots(one).current().log(PACT)).everything.seq
        with one.reading() as session:
            names = set(action_ids(session, seqs))
        assert left <= names and len(names) == len(left) + 40
