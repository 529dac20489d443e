"""Rows of an earlier file that are gone are said of a file that comes again whole, and not of one that
only adds or corrects."""

import pytest

from monitor import commands, intake
from monitor.commands.loading import file_in_memory
from monitor.models import Role
from tests.support.clock import NOW

PACT = "mouves-2014"
HEADER = "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
ROW = "{0},hidalgo-paris,1,2017-01-{1:02},decided,Acte {0}{2},press,Titre {0}\n"


def rows(*numbers: int, other: str = "") -> str:
    return "".join(ROW.format(f"a-{n}", n, other) for n in numbers)


def load(store, text, content="actions", name="actions.csv", **options):
    return commands.load(
        store, content, file_in_memory(text), pact_id=PACT, name=name, now=NOW, **options
    )


def gone(report) -> list[tuple]:
    return [
        (doubt.code, doubt.value or dict(doubt.values)["n"])
        for doubt in report.doubts
        if doubt.code in ("entry_gone", "rows_gone", "file_emptied")
    ]


BEFORE = rows(1, 2, 3, 4)


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize(
    ("name", "after", "expected"),
    [
        # The same content, whatever its name and order.
        ("actions.csv", BEFORE, []),
        ("renamed.csv", BEFORE, []),
        ("actions.csv", rows(4, 2, 1, 3), []),
        ("actions.csv", BEFORE + rows(5, 6), []),
        ("actions.csv", rows(1, 2, 3, 4, other=" bis"), []),
        # Rows taken out of a file that comes again.
        ("actions.csv", rows(1, 2, 4), [("entry_gone", "a-3")]),
        ("renamed.csv", rows(1, 2, 4), [("entry_gone", "a-3")]),
        ("actions.csv", rows(4, 2, 1), [("entry_gone", "a-3")]),
        ("actions.csv", rows(1, 2, 4, 5, 6), [("entry_gone", "a-3")]),
        ("actions.csv", rows(1, 2, 4, other=" bis"), [("entry_gone", "a-3")]),
        ("actions.csv", rows(1, 2, 5, 6), [("entry_gone", "a-3"), ("entry_gone", "a-4")]),
        ("renamed.csv", rows(1, 2, 5, 6), [("entry_gone", "a-3"), ("entry_gone", "a-4")]),
        # Most are gone: they are counted.
        ("actions.csv", rows(1), [("rows_gone", "3")]),
        ("actions.csv", rows(1, 5, 6, 7), [("rows_gone", "3")]),
        ("renamed.csv", rows(1), []),
        ("actions.csv", "", [("file_emptied", "4")]),
        ("renamed.csv", "", []),
        # What only adds, or only corrects.
        ("actions.csv", rows(5, 6, 7), []),
        ("actions.csv", rows(1, other=" bis"), []),
        ("actions.csv", rows(1, other=" bis") + rows(5, 6), []),
        ("actions.csv", rows(1, 2, other=" bis") + rows(5, 6), []),
        ("renamed.csv", rows(1, 2, other=" bis"), []),
        # A row that is refused is there.
        ("actions.csv", rows(1, 2, 4) + rows(3).replace("decided", "nowhere"), []),
    ],
)
def test_rows_are_gone_of_a_file_that_comes_again_whole(store, name, after, expected):
    assert load(store, HEADER + BEFORE).loaded
    report = load(store, HEADER + after, name=name, dry_run=True, skip_rejected=True)
    assert gone(report) == expected
    for doubt in report.doubts:
        assert all(intake.error_sentence(doubt, lang) for lang in ("fr", "en"))


def test_three_new_rows_each_week_make_none_gone(store):
    for week in range(4):
        report = load(store, HEADER + rows(*range(3 * week + 1, 3 * week + 4)))
        assert (report.loaded, gone(report)) == (True, [])


def test_a_correction_of_last_week_among_new_rows_makes_none_gone(store):
    load(store, HEADER + rows(1, 2, 3))
    assert gone(load(store, HEADER + rows(2, other=" bis") + rows(4, 5))) == []


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_a_file_that_grew_from_week_to_week_is_compared_with_all_of_it(store):
    for last in (3, 5, 7):
        load(store, HEADER + rows(*range(1, last + 1)))
    report = load(store, HEADER + rows(1, 2, 3, 5, 6, 7))
    assert gone(report) == [("entry_gone", "a-4")]


def test_another_kind_of_file_of_the_same_name_makes_none_gone(store):
    load(store, HEADER + BEFORE, name="data.csv")
    people = "signatory_id,name,commune\nz,Zoé Zed,29232\n"
    assert gone(load(store, people, "signatories", name="data.csv")) == []


def test_a_file_of_another_pact_makes_none_gone(store):
    packaged = (commands.setup.PACKAGED / "pact.toml").read_text("utf-8")
    other = packaged.replace("mouves-2014", "essai-2020")
    commands.load_pact(store, file_in_memory(other), name="pact.toml", now=NOW)
    people = "signatory_id,name,commune\nz,Zoé Zed,29232\ny,Lou Petit,29232\n"
    load(store, people, "signatories", name="people.csv")
    report = commands.load(
        store,
        "signatories",
        file_in_memory(people.replace("y,Lou Petit,29232\n", "")),
        pact_id="essai-2020",
        name="people.csv",
        now=NOW,
    )
    assert (report.loaded, gone(report)) == (True, [])


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (rows(1), []),
        (rows(1, 5, 6), []),
        (rows(5, 6), []),
        ("", []),
        (rows(1, 2, 3), [("entry_gone", "a-4")]),
    ],
)
def test_a_file_of_the_same_name_by_somebody_else_needs_more_in_common(
    store, people, after, expected
):
    load(store, HEADER + BEFORE)
    report = load(store, HEADER + after, who=people[Role.VOLUNTEER], dry_run=True)
    assert gone(report) == expected


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_what_was_withdrawn_is_not_gone(store):
    load(store, HEADER + BEFORE)
    withdraw(store, "r-1", "a-3")
    assert gone(load(store, HEADER + rows(1, 2, 4))) == []


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_what_was_withdrawn_and_put_back_is_gone_when_its_row_is(store):
    load(store, HEADER + BEFORE)
    withdraw(store, "r-1", "a-3")
    withdraw(store, "r-2", "r-1")
    assert gone(load(store, HEADER + rows(1, 2, 4))) == [("entry_gone", "a-3")]


def withdraw(store, name: str, target: str) -> None:
    header = "action_id,signatory_id,measure,happened_on,kind,status,supersedes,reason\n"
    line = f"{name},hidalgo-paris,1,2017-02-01,retraction,,{target},Saisi par erreur\n"
    assert load(store, header + line, name=f"{name}.csv").loaded
