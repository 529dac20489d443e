"""Fictional pacts: exact sizes, the same facts for the same seed, plausible and plainly invented."""

import csv
import io
import re
import tomllib
from datetime import date

import pytest

from monitor import areas, demo, export, intake
from monitor.commands import load_demo as load_demo
from monitor.intake import COLUMNS, Context
from monitor.store.journal import verify


def made(signatories=300, actions=None, seed=1) -> demo.Demo:
    return demo.generate_demo(signatories, actions, seed, areas.communes())


def all_rows(some: demo.Demo) -> list:
    return [
        list(some.signatories),
        list(some.mandates),
        list(some.actions),
        list(some.refused_actions),
    ]


@pytest.mark.parametrize(
    ("signatories", "actions"), [(1, 0), (1, 7), (300, None), (300, 1), (40_000, 90)]
)
def test_the_sizes_are_honoured_exactly(signatories, actions):
    some = made(signatories, actions)
    wanted = 10 * signatories if actions is None else actions
    assert sum(1 for _ in some.signatories) == signatories
    assert sum(1 for _ in some.actions) + sum(1 for _ in some.refused_actions) == wanted


def test_the_same_seed_gives_the_same_facts_and_another_does_not():
    assert all_rows(made(seed=5)) == all_rows(made(seed=5))
    assert all_rows(made(seed=5)) != all_rows(made(seed=6))


def test_amounts_are_written_as_in_french():
    at = COLUMNS["actions"].index("summary")
    said = " ".join(row[at] for row in made().actions)
    assert "\u202f000 €" in said and not re.search(r"\d{4}", said)


@pytest.mark.parametrize("kind", ["signatories", "mandates", "actions"])
def test_the_loader_takes_every_row(kind):
    some = made(2_000)
    out = io.StringIO()
    csv.writer(out).writerows([COLUMNS[kind], *getattr(some, kind)])
    context = Context(
        today=date(2026, 11, 1),
        signatories={row[0] for row in some.signatories},
        measures=["1", "2", "3"],
        areas=areas.communes(),
        election_on=some.pact.election_on,
    )
    rows = intake.read_file(io.BytesIO(out.getvalue().encode()), kind, context)
    assert [row.errors for row in rows if row.errors] == []


CAREERS = {
    "defeated",
    "deputy",
    "resigned",
    "resigned_and_back",
    "died",
    "merged",
    "no_mandate_on_record",
    "partial_dates",
    "whole_term",
}


@pytest.mark.parametrize("seed", range(12))
def test_every_career_occurs_at_the_size_by_default(seed):
    some = made(300, 0, seed)
    assert {person.career for person in some.people} == CAREERS
    assert {person.outcome for person in some.people} == {"elected", "defeated", "unknown"}


@pytest.mark.parametrize("seed", range(12))
def test_every_career_occurs_from_fifty_elected_on(seed):
    size = 140
    some = made(size, 0, seed)
    elected = sum(person.outcome == "elected" for person in some.people)
    assert elected < 50 or {person.career for person in some.people} == CAREERS
    assert len({person.id for person in some.people}) == size


def test_who_moves_to_a_merged_commune_has_its_code_everywhere():
    (person,) = made(1, 0).people
    there = demo.careers._moved(person, "01015")
    assert there.id.startswith("demo-01015-") and there.signature[:3:2] == (there.id, "01015")
    assert there.signature.source_url.endswith(there.id)


def test_a_merger_ends_a_mandate_only_where_communes_merged_and_none_is_large():
    people = [person for person in made(5_000, 0).people if person.career == "merged"]
    took_others_in = set(areas.retired_codes().values())
    communes = areas.communes()
    assert len(people) > 5
    for person in people:
        assert person.signature[2] in took_others_in
        assert communes.at[person.signature[2], "population"] < 10_000


def test_the_pact_beside_the_exported_files_says_that_they_are_fictional(empty, tmp_path):
    load_demo(empty, signatories=5, actions=0)
    export.publish_pact(empty, "demo", tmp_path / "out", "csv")
    assert tomllib.loads((tmp_path / "out" / "pact.toml").read_text("utf-8"))["fictional"] is True


def test_every_kind_of_entry_and_status_occurs():
    rows = list(made(2_000).actions)
    assert {row[4] for row in rows} == {"assessment", "note", "reply", "retraction"}
    assert {row[5] for row in rows if row[5]} == set(demo.stories.SENTENCES) - {
        "note",
        "reply",
        "retraction",
    }
    ids = {row[0]: row for row in rows}
    targets = [(row, ids[row[13]]) for row in rows if row[13]]
    assert any(target[13] and row[4] == "assessment" for row, target in targets)
    assert any(target[13] and row[4] == "retraction" for row, target in targets)


def test_at_most_one_signatory_is_elected_in_a_commune():
    elected = [row[2] for row in made(60_000, 0).signatories if row[5] == "elected"]
    assert len(elected) == len(set(elected))


def test_no_address_leads_anywhere_and_every_publisher_says_that_it_is_fictional():
    rows = list(made().actions)
    assert all(row[10] is None or row[10].startswith("https://exemple.invalid/") for row in rows)
    assert all(row[9] is None or "ficti" in row[9] for row in rows)
    assert made().pact.fictional


def test_the_loaded_demo_verifies_and_its_refused_entries_count_nowhere(empty):
    report = load_demo(empty, signatories=50, actions=400)
    assert report.outcomes["created"] == 400
    with empty.reading() as session:
        assert verify(session).intact
        refused = session.rows("SELECT count(*) FROM review WHERE decision = 'refused'")
    assert refused == [(4,)]
