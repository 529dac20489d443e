"""What is overdue: a filter of every address, a count, a list; said only once the due date has come."""

import csv
import io
import re

import pytest
from starlette.applications import Starlette

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.models import Role
from monitor.read.labels import lateness_label
from monitor.web import api, chart, feed, openapi, sheet
from tests.support.app import list_officials, open_page, words
from tests.support.clock import NOW
from tests.support.pacts import another, load
from tests.support.routes import Client
from tests.support.team import sign_in

pytestmark = pytest.mark.usefixtures("browser_of")
#: Measure 1 is due in the middle of the term, the others at its end.
PACT = another(name="p", term_end="2032-03-01").replace(
    'id = "1"', 'id = "1"\ndue_on = 2018-06-30', 1
)
PEOPLE = (
    "signatory_id,name,commune,outcome\n"
    "a,Anne Avril,69123,elected\nb,Basile Brun,75056,elected\nc,Chloé Caron,13055,elected\n"
)
DONE = (
    "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
    "1,a,1,2018-05-01,implemented,Fait,report,R\n"
    "2,b,1,2019-05-01,implemented,Fait,report,R\n"
    "3,c,1,2018-05-01,decided,Voté,report,R\n"
)


@pytest.fixture
def three(empty):
    """One on time, one late, one overdue; nothing else is due yet."""
    load(empty, PACT)
    for content, text in (("signatories", PEOPLE), ("actions", DONE)):
        report = commands.load(
            empty, content, file_in_memory(text), pact_id="p", name="f.csv", now=NOW
        )
        assert report.loaded, report.errors
    return empty


@pytest.fixture
def client(url):
    routes = [*api.ROUTES, *openapi.ROUTES, *feed.ROUTES, *sheet.ROUTES, *chart.ROUTES]
    return Client(Starlette(routes=routes))


def rows(answer) -> list[dict]:
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    ("lateness", "day", "kept"),
    [
        ("on_time", "2026-01-01", {"a"}),
        ("late", "2026-01-01", {"b"}),
        ("overdue", "2026-01-01", {"c"}),
        ("late", "2019-04-30", set()),
        ("overdue", "2019-04-30", {"b", "c"}),
        ("overdue", "2018-06-30", {"b", "c"}),
        ("overdue", "2018-06-29", set()),
        ("on_time", "2018-06-29", set()),
    ],
)
def test_a_file_keeps_what_stands_so_with_its_due_date(three, client, lateness, day, kept):
    found = rows(client.get("/api/v1/commitments.csv", {"retard": lateness, "au": day}))
    assert {row["signatory_id"] for row in found} == kept
    assert {row["lateness"] for row in found} <= {lateness}
    assert all(row["measure"] == "1" for row in found)
    assert all(row["filters"] == f"retard={lateness}" for row in found)


def test_entries_and_the_feed_follow_the_filter(three, client):
    found = rows(client.get("/api/v1/actions.csv", {"retard": "overdue"}))
    assert {row["signatory_id"] for row in found} == {"c"}
    feed = client.get("/flux.atom", {"retard": "overdue"}).text
    assert "Chloé Caron" in feed and "Anne Avril" not in feed and "retard=overdue" in feed


def test_a_rate_is_not_filtered_by_lateness_and_an_unknown_value_is_named(three, client):
    refused = client.get("/api/v1/indicators.json", {"retard": "overdue", "lang": "en"})
    assert refused.status_code == 400 and refused.json()["name"] == "retard"
    assert "retard=overdue" in refused.json()["message"]
    unknown = client.get("/api/v1/commitments.json", {"retard": "tard"})
    assert unknown.status_code == 400
    assert "on_time, late, overdue" in unknown.json()["message"]
    chart = client.get("/graphique/mesures", {"retard": "overdue"})
    assert chart.status_code == 200 and "échéance dépassée" in chart.text


def test_the_filter_is_described_for_programs(client):
    described = client.get("/api/v1/openapi.json").json()
    assert described["components"]["parameters"]["retard"]["schema"]["enum"] == [
        "on_time",
        "late",
        "overdue",
    ]
    asked = {
        table: [one["$ref"].rpartition("/")[2] for one in path["get"]["parameters"]]
        for table, path in described["paths"].items()
    }
    assert "retard" in asked["/api/v1/commitments.csv"] and "retard" in asked["/flux.atom"]
    assert "retard" not in asked["/api/v1/indicators.csv"]


@pytest.mark.parametrize(
    ("lang", "day", "expected"),
    [
        (
            "fr",
            "2026-01-01",
            "Échéances : **1 engagement** en retard, sur 3 dont l’échéance est passée",
        ),
        (
            "fr",
            "2019-01-01",
            "Échéances : **1 engagement** en retard et **1** dont l’état n’est pas connu, sur 3",
        ),
        ("en", "2026-01-01", "Due dates: **1 commitment** overdue, of 3 whose due date has come"),
    ],
)
def test_the_overview_counts_what_is_overdue_and_leads_to_it(three, lang, day, expected):
    page = words(open_page(au=day, lang=lang))
    assert expected in page
    assert "/mesures?pacte=p&au=" in page and "retard=overdue" in page


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fr", "Échéances : **aucun engagement** en retard, sur 1 dont l’échéance est passée."),
        ("en", "Due dates: **no commitment** overdue, of 1 whose due date has come."),
    ],
)
def test_where_nothing_is_overdue_the_page_leads_to_no_list(three, lang, expected):
    page = words(open_page(au="2026-01-01", lang=lang, commune="69123"))
    assert expected in page and "retard=overdue" not in page


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("page", ["", "mesures"])
def test_nothing_is_said_to_be_overdue_before_anything_is_due(three, page, lang):
    page_text = words(open_page(page, au="2018-06-29", lang=lang))
    assert "en retard" not in page_text and "overdue" not in page_text


def test_the_measures_page_lists_what_is_overdue_with_its_due_date(three):
    page = open_page("mesures")
    (table,) = page.table
    assert "Chloé Caron" in table.value.index[0] and len(table.value) == 1
    assert "**1 engagement**." in words(page)  # the title says which
    measure, due = table.value.iloc[0]  # with a fourth column, a narrow window cuts the last
    assert measure.endswith(" · ◆\u00a0décidé")
    assert due == "30 juin 2018 · en retard (échéance dépassée)"
    assert len(list_officials(page)) == 3


def test_the_filter_of_the_measures_page_keeps_the_officials_who_have_one(three):
    page = open_page("mesures", retard="late")
    assert page.selectbox(key="_retard").value == "late"
    assert len(list_officials(page)) == 1 and "Basile Brun" in list_officials(page)[0]
    assert "**1 élu** a au moins un engagement « après l’échéance »" in words(page)
    page.selectbox(key="_retard").select("overdue").run()
    assert page.query_params["retard"] == "overdue"
    assert "Chloé Caron" in list_officials(page)[0]


@pytest.mark.parametrize("page", ["", "analyses"])
def test_a_filter_by_lateness_never_chooses_the_answer_of_a_rate(three, page):
    assert "ne s’applique pas ici" in words(open_page(page, retard="overdue"))


def test_a_sheet_counts_what_is_overdue(three, client):
    assert "1 engagement en retard" in client.get("/ville/13055").text.replace("\u00a0", " ")
    assert "en retard" not in client.get("/ville/69123").text
    assert "en retard" not in client.get("/ville/13055?au=2018-06-29").text


def test_the_worklist_of_a_pact_without_an_end_says_no_due_date_that_there_is_not(
    empty, browser_of
):
    open_ended = re.sub("term_end = .*\n", "", another(name="p"))
    load(empty, open_ended)
    for content, text in (("signatories", PEOPLE), ("actions", DONE)):
        file = file_in_memory(text)
        assert commands.load(empty, content, file, pact_id="p", name="f.csv", now=NOW).loaded
    browser_of(sign_in(empty, "Camille", Role.VOLUNTEER))
    lines = [
        line for line in words(open_page("saisie", vue="afaire")).split("\n") if "Caron" in line
    ]
    assert lines and not any("échéance" in line for line in lines)


@pytest.mark.parametrize(("people", "opened"), [(4, True), (5, False)])
def test_a_long_list_is_folded_unless_it_is_asked_for(empty, people, opened):
    load(empty, another(name="p"))
    rows = [f"s{n},Alix {n},{69123},elected" for n in range(people)]
    file = file_in_memory("\n".join(("signatory_id,name,commune,outcome", *rows)))
    commands.load(empty, "signatories", file, pact_id="p", name="f.csv", now=NOW)
    for asked, shown in (
        ({}, opened),
        ({"retard": "overdue"}, True),
        ({"page_echeances": "2"}, True),
    ):
        app = open_page("mesures", pacte="p", **asked)
        (fold,) = (one for one in app.expander if one.label == "La liste")
        assert fold.proto.expanded is shown and bool(fold.markdown or fold.children) is shown


@pytest.mark.parametrize(
    ("status", "french", "english"),
    [
        ("decided", "en retard (échéance dépassée)", "overdue"),
        ("stalled", "en retard (échéance dépassée)", "overdue"),
        ("not_assessed", "échéance dépassée", "past due"),
        ("no_evidence", "échéance dépassée", "past due"),
    ],
)
def test_nobody_is_called_late_for_what_nobody_knows(status, french, english):
    assert lateness_label("overdue", status, "fr") == french
    assert lateness_label("overdue", status, "en") == english
