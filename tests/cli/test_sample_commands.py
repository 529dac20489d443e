"""A random sample from the command line: planned, drawn, and drawn again by a stranger."""

import json
import subprocess

import pytest
from click.testing import CliRunner

from monitor import commands
from monitor.cli.main import main
from monitor.commands.loading import file_in_memory
from monitor.samples import draft_from_content
from tests.support.clock import NOW
from tests.support.paths import ROOT
from tests.support.shapes import all_routes

SEED = "4 12 23 31 45 / 3 9"
DICE = "EuroMillions du 4 décembre 2026"
#: What docs/open-data.md tells a stranger to type once they have the list and the numbers.
RECIPE = (
    (ROOT / "docs" / "open-data.md")
    .read_text("utf-8")
    .split("the plan has them\n")[1]
    .split("```")[0]
)


@pytest.fixture
def run(url):
    def invoke(*arguments):
        return CliRunner().invoke(main, ["sample", *map(str, arguments)])

    return invoke


@pytest.fixture
def planned(demo, run):
    """The demo with a plan whose dice are still to be thrown."""
    made = run("plan", "--as-of", "2026-03-22", "--officials", "20", "--dice", DICE)
    assert made.exit_code == 0, made.stderr
    return demo


def plan_in_words(run) -> dict:
    return json.loads(run("status", "--format", "json").stdout)


def shell(folder, script: str) -> str:
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=folder,
        env={"SEED": SEED, "LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_a_stranger_draws_the_sample_again_with_sha256sum_and_the_published_files(
    planned, run, tmp_path
):
    assert run("seed", "1", *SEED.split()).exit_code == 0
    routes = all_routes()
    (tmp_path / "list.txt").write_bytes(
        routes.get("/api/v1/sample-universe.txt", {"pacte": "demo", "plan": "1"}).content
    )
    (plan,) = routes.get("/api/v1/sample_plans.json", {"pacte": "demo"}).json()["rows"]
    assert shell(tmp_path, "sha256sum list.txt").split()[0] == plan["universe"]
    assert plan["seed"] == SEED
    asked = {each["code"]: each["drawn"] for each in json.loads(plan["content"])["allocation"]}
    drawn = set()
    for line in shell(tmp_path, RECIPE).splitlines():
        stratum, digest, official = line.split("\t")
        if asked[stratum]:
            asked[stratum] -= 1
            drawn.add((stratum, digest, official))
    rows = routes.get("/api/v1/sample.json", {"pacte": "demo"}).json()["rows"]
    assert {(row["stratum"], row["digest"], row["signatory_id"]) for row in rows} == drawn
    assert len(drawn) == 20


def test_the_list_that_is_printed_is_the_one_that_the_api_gives(planned, run):
    answer = all_routes().get("/api/v1/sample-universe.txt", {"pacte": "demo"})
    assert run("universe", "1").stdout == answer.text


def test_the_draw_stays_whatever_is_written_after_the_plan(planned, run):
    before = run("universe", "1").stdout
    official = before.splitlines()[0].split("\t")[1]
    taken = CliRunner().invoke(main, ["retract", "signatory", official, "--reason", "Erreur."])
    assert taken.exit_code == 0, taken.stderr
    first, measure = before.splitlines()[-1].split("\t")[1:]
    row = f"a1,{first},{measure},2026-03,implemented,Fait.,report,Bilan\n"
    header = "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
    loaded = commands.load(
        planned, "actions", file_in_memory(header + row), pact_id="demo", name="a.csv"
    )
    assert loaded.loaded, loaded.errors
    assert run("universe", "1").stdout == before
    checked = run("verify", "1")
    assert checked.exit_code == 0, checked.stderr
    assert "les mêmes strates" in checked.stderr


def test_progress_is_said_and_below_nine_in_ten_there_is_no_estimate(planned, run):
    assert plan_in_words(run)["rows"] == []
    assert "le tirage est à venir" in run("status").stderr
    run("seed", "1", SEED)
    found = plan_in_words(run)
    assert (found["drawn"], found["answered"], found["enough"], found["low"]) == (
        20,
        0,
        False,
        None,
    )
    assert found["implemented_least"] < found["implemented_most"]
    output = run("status").stderr
    assert "1 plan, 0 abandonné." in output and "0 réponses sur 20" in output
    assert "il n’y a pas encore d’estimation" in output


def test_each_refusal_is_a_sentence(planned, run):
    for arguments, output in (
        (("plan", "--dice", "x"), "attend encore son tirage"),
        (("plan", "--dice", "x", "--officials", "0"), "au moins un signataire"),
        (("seed", "2", "4"), "Ses plans\u00a0: 1."),
        (("seed", "1", "4'5"), "ne peut pas servir de tirage"),
        (("abandon", "1", "--reason", " "), "Dites pourquoi"),
        (("verify", "7"), "Il n’y a pas de plan"),
    ):
        result = run(*arguments)
        assert result.exit_code == 1 and output in result.stderr, (arguments, result.stderr)
    assert run("seed", "1", "4").exit_code == 0
    assert "Dites quel tirage public" in run("plan", "--dice", " ").stderr
    assert "ne changent plus" in run("seed", "1", "5").stderr
    assert run("abandon", "1", "--reason", "Erreur.").exit_code == 0
    output = run("status").stderr
    assert "1 plan, 1 abandonné." in output and "a été abandonné\u00a0: Erreur." in output


def test_a_dry_run_writes_nothing(demo, run):
    made = run("plan", "--as-of", "2026-03-22", "--dice", DICE, "--dry-run", "--format", "json")
    assert made.exit_code == 0 and sum(row["drawn"] for row in json.loads(made.stdout)) == 60
    assert "environ ±\u202f" in made.stderr and " points si un huitième" in made.stderr
    assert "n’a pas encore de plan" in run("status").stderr


def test_a_plan_that_the_log_does_not_bear_out_is_told(planned, run):
    with planned.writing() as session:
        session.execute("DROP TRIGGER sample_plan_no_update")
        session.execute(
            "UPDATE sample_plan SET content = replace(content, '\"drawn\":9', '\"drawn\":8')"
        )
    found = run("verify", "1")
    assert found.exit_code == 1 and "allocation" in found.stderr


@pytest.mark.parametrize("table", ["sample", "sample_plans"])
def test_a_sample_is_given_whole(planned, table):
    refused = all_routes().get(f"/api/v1/{table}.csv", {"pacte": "demo", "region": "84"})
    assert refused.status_code == 400 and "region" in refused.text
    assert all_routes().get(f"/api/v1/{table}.xlsx", {"pacte": "demo"}).status_code == 200


def test_an_api_without_a_plan_says_so(demo):
    routes = all_routes()
    assert routes.get("/api/v1/sample.json", {"pacte": "demo"}).json()["rows"] == []
    answer = routes.get("/api/v1/sample-universe.txt", {"pacte": "demo"})
    assert answer.status_code == 404 and "plan de sondage" in answer.text


def test_the_content_that_is_published_is_that_of_the_plan(planned):
    (row,) = all_routes().get("/api/v1/sample_plans.json", {"pacte": "demo"}).json()["rows"]
    plan = draft_from_content("demo", row["content"], row["dice"])
    assert (plan.universe, plan.head, plan.drawn) == (row["universe"], row["plan_head"], 20)
    assert row["recorded_at"] > NOW.isoformat()
