"""A withdrawal of what another entry corrects already leaves that other one in force, and a second
correction replaces it: whoever loads the file is told."""

import pytest

from monitor import intake
from monitor.snapshot import Snapshots
from monitor.status import fold, what_is_known
from tests.support.loading import PACT, load

HEAD = (
    "action_id,signatory_id,measure,happened_on,kind,status,summary,source_kind,source_title,"
    "supersedes,reason\n"
)
#: What the packaged pact says of the commitment.
THERE = "decided"
CODES = ("already_corrected", "corrected_again", "withdrawn_twice", "fact_withdrawn")


def fact(name: str, status: str, target: str = "") -> str:
    reason = "Relu" if target else ""
    return f"{name},hidalgo-paris,3,2019-03-01,,{status},Un acte {name},press,{name},{target},{reason}\n"


def withdrawal(name: str, target: str) -> str:
    return f"{name},hidalgo-paris,3,2019-04-01,retraction,,,,,{target},Faux\n"


def told(report) -> list[tuple]:
    assert report.loaded, report.errors
    found = [doubt for doubt in report.doubts if doubt.code in CODES]
    for doubt in found:
        for lang in ("fr", "en"):
            assert f"({dict(doubt.values)['by']})" in intake.error_sentence(doubt, lang)
    return [(one.line, one.value, one.code, dict(one.values)["by"]) for one in found]


def status(store) -> str:
    known = what_is_known(Snapshots(store).current().log(PACT))
    table = fold(known, known.pact.term_end)
    rows = (table["signatory_id"] == "hidalgo-paris") & (table["measure"] == "3")
    return str(table["status"][rows].iloc[0])


A, B = fact("a", "implemented"), fact("b", "abandoned", "a")
BEFORE = {
    "nothing": [A],
    "corrected": [A, B],
    "corrected twice over": [A, B, fact("c", "in_progress", "b")],
    "two corrections": [A, B + fact("c", "in_progress", "a")],
    "correction withdrawn": [A, B, withdrawal("x", "b")],
    "last correction withdrawn": [A, B, fact("c", "in_progress", "b"), withdrawal("x", "c")],
    "its withdrawal withdrawn": [A, B, withdrawal("x", "b"), withdrawal("y", "x")],
}


@pytest.mark.parametrize(
    ("before", "row", "by", "left"),
    [
        ("nothing", withdrawal("r", "a"), None, THERE),
        ("nothing", fact("r", "stalled", "a"), None, "stalled"),
        ("corrected", withdrawal("r", "a"), "b", "abandoned"),
        ("corrected", withdrawal("r", "b"), None, "implemented"),
        ("corrected", fact("r", "stalled", "a"), "b", "stalled"),
        ("corrected twice over", fact("r", "stalled", "a"), "c", "stalled"),
        ("corrected twice over", fact("r", "stalled", "b"), "c", "stalled"),
        ("two corrections", fact("r", "stalled", "b"), "c", "stalled"),
        ("two corrections", withdrawal("r", "a"), "c", "in_progress"),
        ("two corrections", withdrawal("r", "b"), "c", "in_progress"),
        ("two corrections", withdrawal("r", "c"), None, "abandoned"),
        ("corrected", fact("r", "stalled", "b"), None, "stalled"),
        ("corrected twice over", withdrawal("r", "a"), "c", "in_progress"),
        ("corrected twice over", withdrawal("r", "b"), "c", "in_progress"),
        ("corrected twice over", withdrawal("r", "c"), None, "abandoned"),
        ("correction withdrawn", withdrawal("r", "a"), None, THERE),
        ("correction withdrawn", fact("r", "stalled", "a"), None, "stalled"),
        ("last correction withdrawn", withdrawal("r", "a"), "b", "abandoned"),
        ("last correction withdrawn", withdrawal("r", "b"), None, "implemented"),
        ("its withdrawal withdrawn", withdrawal("r", "a"), "b", "abandoned"),
    ],
)
@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_what_is_corrected_already_is_said_with_what_would_still_count(
    store, before, row, by, left
):
    for one in BEFORE[before]:
        assert load(store, HEAD + one).loaded
    target = row.split(",")[-2]
    code = "already_corrected" if "retraction" in row else "corrected_again"
    expected = [(2, target, code, by)] if by else []
    assert told(load(store, HEAD + row)) == expected
    assert status(store) == left
    assert told(load(store, HEAD + row)) == []  # the same file says nothing new


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([A, B, withdrawal("r", "a")], [(4, "a", "already_corrected", "b")]),
        ([A, withdrawal("r", "a"), B], [(3, "a", "already_corrected", "b")]),
        ([A, B, withdrawal("q", "b"), withdrawal("r", "a")], []),
        ([A, withdrawal("r", "a"), withdrawal("q", "b"), B], []),
        ([A, B, fact("c", "in_progress", "a")], [(4, "a", "corrected_again", "b")]),
        ([A, B, fact("c", "in_progress", "b")], []),
        ([A, withdrawal("r", "a")], []),
    ],
)
def test_the_same_is_said_of_rows_of_one_file(store, rows, expected):
    assert told(load(store, HEAD + "".join(rows))) == expected


@pytest.mark.parametrize(
    ("first", "again", "expected"),
    [
        (withdrawal("r", "a"), withdrawal("s", "a"), [(2, "a", "withdrawn_twice", "r")]),
        (withdrawal("r", "a") + withdrawal("q", "r"), withdrawal("s", "a"), []),
        (withdrawal("r", "a") + withdrawal("q", "r"), A.replace("acte", "fait"), []),
        (withdrawal("r", "a"), A.replace("acte", "fait"), [(2, "a", "fact_withdrawn", "r")]),
    ],
)
def test_what_was_withdrawn_and_put_back_is_not_said_to_be_withdrawn(store, first, again, expected):
    load(store, HEAD + A + first)
    assert told(load(store, HEAD + again, newer=True)) == expected


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize(
    ("names", "outcome"),
    [
        ([("r", "a")], "conflict"),
        ([("r", "a"), ("q", "r")], "corrected"),
        ([("r", "a"), ("q", "r"), ("p", "q")], "conflict"),
        ([("r", "a"), ("q", "r"), ("s", "a")], "conflict"),
        ([("r", "a"), ("s", "a"), ("q", "s")], "conflict"),
        ([("r", "a"), ("s", "a"), ("q", "s"), ("p", "r")], "corrected"),
    ],
)
def test_what_was_put_back_is_corrected_as_if_nobody_had_withdrawn_it(store, names, outcome):
    for one in (A, *(withdrawal(*pair) for pair in names)):
        assert load(store, HEAD + one).loaded
    report = load(store, HEAD + A.replace("acte", "fait"))
    assert report.outcomes == {outcome: 1}
    codes = [one.code for one in report.errors]
    assert codes == (["conflict_retracted"] if outcome == "conflict" else [])


@pytest.mark.parametrize(
    ("rows", "is_there"),
    [
        ([A], True),
        ([A, withdrawal("r", "a")], False),
        ([A, withdrawal("r", "a"), withdrawal("q", "r")], True),
        ([A, B.replace("2019-03", "2019-02")], False),
        ([A, B.replace("2019-03", "2019-02"), withdrawal("r", "b")], True),
    ],
)
def test_a_fact_is_in_the_log_already_where_it_stands_there(store, rows, is_there):
    for one in rows:
        assert load(store, HEAD + one).loaded
    report = load(store, HEAD + A.replace("a,hid", "z,hid", 1))
    assert ("same_fact_in_log" in [one.code for one in report.doubts]) == is_there


def entry(name: str, kind: str, target: str = "", text: str = "Un texte") -> str:
    """An entry of that kind, which corrects the target."""
    status, source = ("decided", "press,Journal") if kind == "assessment" else ("", ",")
    reason = "Relu" if target else ""
    head = f"{name},hidalgo-paris,3,2019-03-01,{kind},{status}"
    return f"{head},{text},{source},{target},{reason}\n"


@pytest.mark.parametrize(
    ("was", "kind", "code"),
    [
        ("assessment", "note", "assessment_in_place"),
        ("assessment", "reply", "assessment_in_place"),
        ("assessment", "assessment", None),
        ("reply", "assessment", "reply_in_place"),
        ("reply", "note", "reply_in_place"),
        ("reply", "reply", None),
        ("note", "assessment", None),
        ("note", "reply", None),
    ],
)
@pytest.mark.parametrize("way", ["names it", "names it in one file", "has its id"])
@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_what_takes_the_place_of_another_kind_is_said(store, was, kind, code, way):
    first, other = entry("a", was), entry("b", kind, "a")
    if way == "has its id":
        other = entry("a", kind, text="Un autre texte")
    if way != "names it in one file":
        assert load(store, HEAD + first).loaded
        first = ""
    report = load(store, HEAD + first + other)
    found = [one for one in report.doubts if one.code.endswith("_in_place")]
    line = 2 + bool(first)
    assert report.loaded and [(one.line, one.code) for one in found] == (
        [(line, code)] if code else []
    )
    for doubt in found:
        assert all("supersedes" in intake.error_sentence(doubt, lang) for lang in ("fr", "en"))


def test_a_withdrawal_is_of_no_other_kind(store):
    load(store, HEAD + A)
    report = load(store, HEAD + withdrawal("r", "a"))
    assert not [one for one in report.doubts if one.code.endswith("_in_place")]
