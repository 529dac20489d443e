"""What is not what it was between two days: each difference of one kind, all of them by pages."""

from datetime import date

import pandas as pd
import pytest
from starlette.applications import Starlette

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.models import Status
from monitor.read import query
from monitor.read.between_days import Change, changes_between, sums_in_words
from monitor.read.day_state import DayState
from monitor.snapshot import Snapshots
from monitor.web import sheet
from tests.support.app import open_page, words
from tests.support.clock import NOW
from tests.support.pacts import another, load
from tests.support.routes import Client, read

pytestmark = pytest.mark.usefixtures("browser_of")
PEOPLE = "signatory_id,name,commune,outcome\na,Anne Avril,69123,elected\n"
HEAD = "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"


def taken(store, content: str, text: str) -> None:
    report = commands.load(store, content, file_in_memory(text), pact_id="p", name="f.csv", now=NOW)
    assert report.loaded, report.errors


def view_of(store, day: str = "2019-12-31", **asked: str):
    return query.read_view(Snapshots(store).current(), {"au": day, **asked})


@pytest.fixture
def pact(empty):
    load(empty, another(name="p"))
    taken(empty, "signatories", PEOPLE)
    return empty


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("", "announced", "first"),
        ("", "not_started", "first"),
        ("", "no_evidence", None),
        ("no_evidence", "decided", "first"),
        ("", "implemented", "first"),
        ("not_started", "announced", "forward"),
        ("announced", "decided", "forward"),
        ("decided", "implemented", "forward"),
        ("partly_implemented", "implemented", "forward"),
        ("stalled", "in_progress", "forward"),
        ("abandoned", "announced", "forward"),
        ("implemented", "partly_implemented", "back"),
        ("in_progress", "decided", "back"),
        ("decided", "stalled", "back"),
        ("implemented", "abandoned", "back"),
        ("announced", "not_started", "back"),
        ("decided", "decided", None),
        ("decided", "not_applicable", "apart"),
        ("not_applicable", "decided", "apart"),
        ("", "not_applicable", "apart"),
        ("decided", "no_evidence", None),
    ],
)
def test_each_difference_is_of_one_kind(pact, before, after, kind):
    lines = [("1", "2016-05-01", before), ("2", "2018-05-01", after)]
    text = "".join(f"{n},a,1,{day},{status},Vu,report,R\n" for n, day, status in lines if status)
    taken(pact, "actions", HEAD + text)
    found = changes_between(view_of(pact), date(2017, 1, 1))
    assert found["change"].to_list() == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("mandate", "since", "day", "kind"),
    [
        ("2014-04-05,2017-06-30,resignation", "2017-01-01", "2018-01-01", "left"),
        ("2016-04-05,,", "2015-01-01", "2018-01-01", "entered"),
        ("2014-04-05,,", "2015-01-01", "2018-01-01", None),
    ],
)
def test_who_is_bound_since_and_who_no_longer_is_are_told(pact, mandate, since, day, kind):
    header = "signatory_id,office,started_on,ended_on,end_reason\n"
    taken(pact, "mandates", f"{header}a,mayor,{mandate}\n")
    found = changes_between(view_of(pact, day), date.fromisoformat(since))
    assert set(found["change"]) == ({kind} if kind else set())
    assert len(found) == (3 if kind else 0)


@pytest.mark.parametrize("since", ["2022-01-01", "2023-06-01", "2025-01-01"])
def test_the_sums_reconcile_the_two_days(empty, since):
    commands.load_demo(empty, signatories=120, seed=4)
    view = view_of(empty, "2026-01-01")
    found = changes_between(view, date.fromisoformat(since))
    then = DayState(view.state, date.fromisoformat(since)).commitments
    counts = found["change"].value_counts()
    entered, left = counts.get("entered", 0), counts.get("left", 0)
    assert then["binding"].sum() + entered - left == len(view.bound)
    assert len(found) == counts.sum() and found.index.is_unique
    unknown = (Status.NOT_ASSESSED, Status.NO_EVIDENCE)
    both = view.everything["binding"] & then["binding"]
    same = (view.everything["status"].astype(str) == then["status"].astype(str)) | (
        view.everything["status"].isin(unknown) & then["status"].isin(unknown)
    )
    assert (both & ~same).sum() == len(found) - entered - left


def test_all_the_changes_can_be_read_by_pages_with_their_sums(empty):
    commands.load_demo(empty, signatories=120, seed=4)
    view = view_of(empty, "2026-01-01")
    found = changes_between(view, date(2022, 1, 1))
    assert len(found) > 60
    first = open_page(au="2026-01-01", depuis="2022-01-01")
    assert f"{len(found)} engagements ne sont plus ce qu’ils étaient" in words(first)
    for kind in found["change"].unique():
        assert sums_in_words(found[found["change"] == kind], "fr") in words(first), kind
    seen = set()
    for page in range(1, -(-len(found) // 30) + 1):
        app = open_page(au="2026-01-01", depuis="2022-01-01", page_changements=str(page))
        lines = [
            one for one in "\n".join(m.value for m in app.markdown).split("\n\n") if " → " in one
        ]
        assert len(lines) == min(30, len(found) - 30 * (page - 1))
        seen |= set(lines)
    assert len(seen) > len(found) * 0.9  # two may say the same of one official


def test_a_sheet_tells_the_sums_and_what_binds_no_longer(pact):
    header = "signatory_id,office,started_on,ended_on,end_reason\n"
    taken(pact, "mandates", f"{header}a,mayor,2014-04-05,2017-06-30,resignation\n")
    client = Client(Starlette(routes=list(sheet.ROUTES)))
    page_text, _ = read(client.get("/ville/69123?depuis=2017-01-01&au=2018-01-01").content)
    assert "3 qui ne lient plus" in page_text and "○ non évalué → non lié" in page_text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_kind_has_its_words(lang):
    for kind in Change:
        for count in (1, 2):
            assert str(count) in sums_in_words(pd.DataFrame({"change": [str(kind)] * count}), lang)
