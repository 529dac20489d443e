"""What files bring, in the order in which they came, and what the state makes of it."""

from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from monitor import areas, commands, export, status
from monitor.commands.loading import file_in_memory
from monitor.models import Decision
from monitor.read import filter_labels, query
from monitor.snapshot import Snapshots
from tests.support.clock import NOW
from tests.support.team import LATER, team_of

PACT = """
id = "p"
title = "P"
promoter = "x"
election = "e"
election_on = 2014-03-30
term_start = 2014-03-30
term_end = {term_end}
language = "fr"
fictional = true
"""
MEASURE = """
[[measures]]
id = "{id}"
objective = "o"
wording = "w"
title_fr = "t"
title_en = "t"
criterion_fr = "c"
criterion_en = "c"
"""
PEOPLE = "signatory_id,name,commune,outcome,measures\n"
ACTIONS = (
    "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title,"
    "source_url,supersedes,reason\n"
)


@pytest.fixture
def load(empty, tmp_path):
    """Loads a file an hour after the last one; somebody's file waits for a review."""
    clock = iter(NOW + timedelta(hours=hours) for hours in range(100))

    def loading(content: str, text: str, by=None):
        report = commands.load(
            empty, content, file_in_memory(text), pact_id="p", name="f.csv", now=next(clock), who=by
        )
        assert not report.errors, report.errors
        return report

    def pact(measures: str, term_end: str = "2020-07-05"):
        text = PACT.format(term_end=term_end) + "".join(MEASURE.format(id=id) for id in measures)
        report = commands.load_pact(empty, file_in_memory(text), name="pact.toml", now=next(clock))
        assert not report.errors, report.errors

    loading.pact, loading.store, loading.folder = pact, empty, tmp_path
    return loading


def folded(load, day: date = date(2020, 7, 5), known_at: datetime | None = None) -> pd.DataFrame:
    return status.fold(
        status.what_is_known(Snapshots(load.store).current().log("p"), known_at), day
    )


def row_of(number: str, who: str, measure: str, day: str, status: str, supersedes: str = "") -> str:
    reason = "r" if supersedes else ""
    return (
        f"{number},{who},{measure},{day},{status},S,press,T,https://exemple.invalid/,"
        f"{supersedes},{reason}\n"
    )


@pytest.mark.parametrize("decision", [None, Decision.REFUSED])
def test_an_implementation_stays_its_official_s_when_a_measure_is_added(load, decision):
    """A version of a signatory that does not count has fewer measures than the one that does."""
    load.pact("12")
    load("signatories", PEOPLE + "s2,B,69123,elected,\ns1,A,75056,elected,\n")
    team = team_of(load.store)
    load("signatories", PEOPLE + "s1,A,75056,elected,1\n", by=team.volunteer)
    if decision:
        with load.store.reading() as session:
            ((waiting,),) = session.rows("SELECT max(seq) FROM load")
        commands.review_load(load.store, team.reviewer, waiting, decision, "Non.", LATER)
    load.pact("123")
    load("actions", ACTIONS + row_of("a", "s2", "3", "2016", "implemented"))
    load("actions", ACTIONS + row_of("b", "s1", "3", "2016", "decided"))
    found = folded(load)
    own = found[found["actions"] > 0]
    assert own[["signatory_id", "measure", "status"]].values.tolist() == [
        ["s2", "3", "implemented"],
        ["s1", "3", "decided"],
    ]


def area(name: str, department: str, population: int) -> str:
    header = "code,name,department_code,department,region_code,region,population\n"
    return f"{header}X1,{name},{department},D,84,R,{population}\n"


def test_a_corrected_area_leaves_what_was_known_before_as_it_was(load):
    load.pact("1")
    load("areas", area("Xville", "01", 900))
    load("signatories", PEOPLE + "s1,A,X1,elected,\n")
    before = Snapshots(load.store).current().recorded_at
    load("areas", area("Ailleurs", "69", 150_000))
    columns = ["commune_name", "department_code", "size"]
    page_text = folded(load, known_at=before)[columns].values.tolist()
    assert page_text == [["Xville", "01", "lt_1000"]]
    assert folded(load)[columns].values.tolist() == [["Ailleurs", "69", "50000_199999"]]
    current = Snapshots(load.store).current()
    then = query.read_view(current, {"connu": before.isoformat(), "commune": "X1"})
    assert filter_labels.filters_in_words(then) == ["Commune\u00a0: Xville"]
    content = export.publish_pact(load.store, "p", load.folder / "out", "csv", known_at=before)
    assert content and "Xville" in (load.folder / "out" / "areas.csv").read_text("utf-8")


def test_a_pact_without_areas_of_its_own_reads_those_of_everybody(store):
    known = status.what_is_known(Snapshots(store).current().log("mouves-2014"), NOW)
    assert known.areas is areas.insee_areas()
