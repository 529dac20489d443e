"""What makes facts that the log has already count no more is said: of a mandate, a signature, a result,
a pact. So is what the mandates of the log contradict, and a population unlike the one before."""

import pytest
from click.testing import CliRunner

from monitor import commands, intake
from monitor.cli.main import main
from monitor.commands import setup
from monitor.commands.loading import file_in_memory
from monitor.store.sqlite_session import SQLiteSession
from tests.support.clock import NOW

PACT = "mouves-2014"
PEOPLE = "signatory_id,name,commune,signed_on,outcome\n"
MANDATES = "signatory_id,office,started_on,ended_on,end_reason\n"
FACTS = "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
PERSON = "z,Zoé Zed,29232,2014-02-01,{}\n"
MANDATE = "z,mayor,2014-04-05,2020-07-03,term_end\n"
FACT = "a-{0},z,{0},{1},decided,Un acte,press,J{0}\n"


def load(store, text, content="signatories", **options):
    options = {"pact_id": PACT, "name": f"{content}.csv", "now": NOW, **options}
    return commands.load(store, content, file_in_memory(text), **options)


def doubts_of(report) -> list[tuple]:
    return [(doubt.line, doubt.column, doubt.code) for doubt in report.doubts]


def details_of(report) -> dict:
    (doubt,) = [doubt for doubt in report.doubts if doubt.code == "facts_stopped"]
    return dict(doubt.values)


@pytest.fixture
def mayor(store):
    """A database with a mayor for the whole term, and two facts of 2015 and of 2018."""
    load(store, PEOPLE + PERSON.format("elected"))
    load(store, MANDATES + MANDATE, "mandates")
    load(store, FACTS + FACT.format(1, "2015-03-01") + FACT.format(2, "2018-03-01"), "actions")
    return store


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize(
    ("row", "column", "lost"),
    [
        ("z,mayor,2014-04-05,2017-01-01,resignation", "ended_on", ["a-2"]),
        ("z,mayor,2014-04-05,2014-12-31,resignation", "ended_on", ["a-1", "a-2"]),
        ("z,mayor,2014-04-05,2018-03-01,resignation", "ended_on", []),
        ("z,mayor,2014-04-05,2018-02-28,resignation", "ended_on", ["a-2"]),
        ("z,mayor,2014-04-05,2018,resignation", "ended_on", []),
        ("z,mayor,2014-04-05,,", "ended_on", []),
        ("z,deputy_mayor,2014-04-05,2020-07-03,term_end", "started_on", []),
    ],
)
def test_facts_that_an_end_of_mandate_takes_out_of_the_count_are_said(mayor, row, column, lost):
    report = load(mayor, f"{MANDATES}{row}\n", "mandates")
    assert ("facts_stopped" in [doubt.code for doubt in report.doubts]) is bool(lost)
    if lost:
        assert (2, column, "facts_stopped") in doubts_of(report)
        assert (details_of(report)["n"], details_of(report)["id"]) == (str(len(lost)), lost[0])
        assert f"Zoé Zed · {lost[0][2:]}" in details_of(report)["known"]


@pytest.mark.parametrize(
    ("office", "start", "stops"),
    [
        ("mayor", "2016-01-01", True),
        ("mayor", "2015-03-01", False),
        ("mayor", "2015", False),
        ("majority_councillor", "2014-04-05", True),
        ("mayor", "2014-04-05", False),
    ],
)
def test_facts_of_who_was_taken_to_be_in_office_are_said_with_the_first_mandate(
    store, office, start, stops
):
    load(store, PEOPLE + PERSON.format("elected"))
    load(store, FACTS + FACT.format(1, "2015-03-01"), "actions")
    report = load(store, f"{MANDATES}z,{office},{start},,\n", "mandates")
    assert ("facts_stopped" in [doubt.code for doubt in report.doubts]) is stops


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("z,Zoé Zed,29232,2016-05-01,elected", "signed_on"),
        ("z,Zoé Zed,29232,2015-03-02,elected", "signed_on"),
        ("z,Zoé Zed,29232,2015-03-01,elected", None),
        ("z,Zoé Zed,29232,2015-03,elected", None),
        ("z,Zoé Zed,29232,,elected", None),
        ("z,Zoé Zedd,29232,2014-02-01,elected", None),
    ],
)
@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_facts_that_a_later_signature_takes_out_of_the_count_are_said(mayor, row, column):
    report = load(mayor, f"{PEOPLE}{row}\n")
    assert doubts_of(report) == ([(2, column, "facts_stopped")] if column else [])


@pytest.mark.parametrize(
    ("signed", "withdrawn", "then_signed", "then_withdrawn", "said"),
    [
        ("2014-02-01", "2016-01-01", "2017-01-01", "", True),
        ("2014-02-01", "2016-01-01", "2017-01-01", "2018-01-01", True),
        ("2014-02", "2016-01-01", "2016-02", "", True),
        ("", "2016-01-01", "2017-01-01", "", True),
        ("2014-02-01", "2016-01-01", "2014-02-01", "", False),
        ("2014-02-01", "2016-01-01", "2014-03-01", "2016-01-01", False),
        ("2014-02-01", "2016-01-01", "", "", False),
        ("2014-02-01", "", "2017-01-01", "", False),
    ],
)
def test_a_signature_that_was_withdrawn_is_said_to_be_gone_once_a_later_one_replaces_it(
    store, signed, withdrawn, then_signed, then_withdrawn, said
):
    head, person = (
        "signatory_id,name,commune,outcome,signed_on,withdrawn_on\n",
        "z,Zoé Zed,29232,elected",
    )
    assert load(store, f"{head}{person},{signed},{withdrawn}\n").loaded
    report = load(store, f"{head}{person},{then_signed},{then_withdrawn}\n")
    found = [doubt for doubt in report.doubts if doubt.code == "signed_again"]
    assert report.loaded and [(one.line, one.column) for one in found] == [(2, "signed_on")] * said
    for doubt in found:
        sentences = [intake.error_sentence(doubt, lang) for lang in ("fr", "en")]
        assert "1er janvier 2016" in sentences[0] and "1 January 2016" in sentences[1]


@pytest.mark.parametrize(
    ("content", "head", "row"),
    [
        (
            "signatories",
            "signatory_id,name,commune,outcome,due_on\n",
            "z,Zoé Zed,29232,elected,{}\n",
        ),
        ("details", "signatory_id,measure,note,due_on\n", "z,1,Une note,{}\n"),
    ],
)
@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("2016-01-01", "2017-01-01", "2017"),
        ("2016-01-01", "", "–"),
        ("", "2017-01-01", "2017"),
        ("2016-01-01", "2016-01-01", None),
        ("", "", None),
    ],
)
def test_a_due_date_of_somebody_s_own_that_moves_is_said(
    mayor, content, head, row, before, after, said
):
    first = load(mayor, head + row.format(before), content)
    report = load(mayor, head + row.format(after), content, newer=True)
    found = [doubt for doubt in report.doubts if doubt.code == "due_moved"]
    assert first.loaded and report.loaded
    assert [(one.line, one.column) for one in found] == ([(2, "due_on")] if said else [])
    for doubt in found:
        assert said in intake.error_sentence(doubt, "fr") and intake.error_sentence(doubt, "en")


@pytest.mark.parametrize(("result", "stops"), [("defeated", True), ("unknown", True)])
def test_facts_of_who_is_elected_no_more_and_has_no_mandate_are_said(store, result, stops):
    load(store, PEOPLE + PERSON.format("elected"))
    load(store, FACTS + FACT.format(1, "2015-03-01"), "actions")
    report = load(store, PEOPLE + PERSON.format(result))
    assert doubts_of(report) == ([(2, "outcome", "facts_stopped")] if stops else [])


def test_a_fact_that_did_not_count_is_not_said_to_stop(mayor):
    load(mayor, FACTS + FACT.format(3, "2014-01-01"), "actions")
    report = load(mayor, f"{MANDATES}z,mayor,2014-04-05,2019-01-01,resignation\n", "mandates")
    assert doubts_of(report) == []


def test_a_fact_that_is_withdrawn_is_not_said_to_stop(mayor):
    gone = "r,z,2,2018-04-01,retraction,,a-2,Saisi par erreur\n"
    header = "action_id,signatory_id,measure,happened_on,kind,status,supersedes,reason\n"
    assert load(mayor, header + gone, "actions").loaded
    report = load(mayor, f"{MANDATES}z,mayor,2014-04-05,2017-01-01,resignation\n", "mandates")
    assert doubts_of(report) == []


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize(
    ("name", "value", "stops"),
    [
        ("term_start", "2016-01-01", True),
        ("term_end", "2017-01-01", True),
        ("binding_offices", '["deputy_mayor"]', True),
        ("binding_offices", '["mayor", "deputy_mayor"]', False),
        ("term_start", "2014-04-10", False),
        ("term_end", "2021-01-01", False),
        ("promoter", '"Un autre"', False),
    ],
)
def test_facts_that_another_term_takes_out_of_the_count_are_said(mayor, name, value, stops):
    lines = (setup.PACKAGED / "pact.toml").read_text("utf-8").splitlines()
    place = next(n for n, line in enumerate(lines) if line.startswith(f"{name} ="))
    lines[place] = f"{name} = {value}"
    report = commands.load_pact(mayor, file_in_memory("\n".join(lines)), name="pact.toml", now=NOW)
    assert report.outcomes == {"corrected": 1}
    found = [doubt for doubt in report.doubts if doubt.code == "facts_stopped"]
    assert [doubt.column for doubt in found] == ([name] if stops else [])
    for doubt in found:
        assert dict(doubt.values)["id"] in intake.error_sentence(doubt, "fr")
        assert dict(doubt.values)["n"] in intake.error_sentence(doubt, "en")


@pytest.mark.parametrize(
    ("before", "mandate", "after", "code"),
    [
        ("elected", MANDATE, "unknown", "outcome_unknown_in_office"),
        ("elected", MANDATE, "defeated", "outcome_against_mandate"),
        ("unknown", MANDATE, "elected", None),
        ("elected", MANDATE, "elected", None),
        (
            "unknown",
            "z,mayor,2008-03-16,2014-03-29,term_end\n",
            "elected",
            "outcome_elected_unbound",
        ),
        ("unknown", "z,majority_councillor,2014-04-05,,\n", "elected", "outcome_elected_unbound"),
        ("elected", "z,majority_councillor,2014-04-05,,\n", "unknown", None),
        ("elected", "z,majority_councillor,2014-04-05,,\n", "defeated", None),
        ("elected", "z,mayor,2008-03-16,2014-03-29,term_end\n", "defeated", None),
        ("defeated", "z,mayor,2016-09-20,,\n", "unknown", "outcome_unknown_in_office"),
        ("elected", "", "unknown", None),
    ],
)
@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_a_result_that_the_mandates_of_the_log_contradict_is_said(
    store, before, mandate, after, code
):
    load(store, PEOPLE + PERSON.format(before))
    if mandate:
        load(store, MANDATES + mandate, "mandates")
    report = load(store, PEOPLE + PERSON.format(after))
    assert doubts_of(report) == ([(2, "outcome", code)] if code else [])
    for doubt in report.doubts:
        assert all(intake.error_sentence(doubt, lang) for lang in ("fr", "en"))


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize(
    ("before", "after", "odd"),
    [
        ("1200", "12000", True),
        ("1200", "120", True),
        ("1200", "2401", True),
        ("1200", "599", True),
        ("1200", "0", True),
        ("1200", "2400", False),
        ("1200", "600", False),
        ("1200", "1300", False),
        ("1200", "", False),
        ("", "1200", False),
        ("0", "1200", False),
    ],
)
def test_a_population_far_from_that_of_the_version_before_is_said(store, before, after, odd):
    area = "code,name,population\nZZ1,Pays de Test,{}\n"
    load(store, area.format(before), "areas")
    report = load(store, area.format(after), "areas")
    assert doubts_of(report) == ([(2, "population", "population_changed")] if odd else [])


def test_a_population_far_from_the_reference_is_said_once(store):
    area = "code,name,population\n87085,Limoges,{}\n"
    load(store, area.format("132000"), "areas")
    report = load(store, area.format("8409"), "areas")
    assert doubts_of(report) == [(2, "population", "population_far")]


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize(
    ("key", "lost"),
    [
        (("z", "mayor", "2014-04-05"), ""),
        (("y", "mayor", "2014-04-05"), "2"),
        (("z",), "2"),
    ],
)
def test_a_retraction_says_the_facts_that_it_takes_out_of_the_count(mayor, key, lost):
    load(mayor, PEOPLE + "y,Yves Yot,29019,2014-02-01,defeated\n")
    load(mayor, MANDATES + "y" + MANDATE[1:], "mandates")
    facts = "".join(FACT.format(n, f"2016-0{n}-01").replace("a-", "y-") for n in (1, 3))
    assert load(mayor, FACTS + facts.replace(",z,", ",y,"), "actions").loaded
    content = "signatories" if len(key) == 1 else "mandates"
    with mayor.reading() as session:
        taken = commands.entries_taken(session, content, PACT, key)
        doubts = commands.retraction_doubts(session, PACT, taken)
    assert [dict(doubt.values)["n"] for doubt in doubts] == ([lost] if lost else [])
    for doubt in doubts:
        assert all(
            dict(doubt.values)["id"] in intake.error_reason(doubt, lang) for lang in ("fr", "en")
        )


def test_the_command_that_retracts_a_mandate_says_what_stops_counting(url, mayor):
    load(mayor, PEOPLE + PERSON.format("defeated"))
    arguments = [
        "retract",
        "mandate",
        "z",
        "mayor",
        "2014-04-05",
        "--reason",
        "Erreur",
        "--dry-run",
    ]
    result = CliRunner().invoke(main, arguments)
    assert (
        result.exit_code,
        "qui ne compteraient plus\u00a0: 2 (Zoé Zed · 1, Zoé Zed · 2)" in result.stderr,
    ) == (
        0,
        True,
    )


def test_a_file_of_namesakes_asks_the_log_as_often_as_one_of_few(store, monkeypatch):
    """Each mandate of somebody who was not elected is told with a name, asked with those of others."""
    asked = []
    rows = SQLiteSession.rows
    monkeypatch.setattr(
        SQLiteSession,
        "rows",
        lambda self, sql, **params: asked.append(sql) or rows(self, sql, **params),
    )
    questions = []
    for count in (2, 40):
        names = [f"{count}-{n}" for n in range(count)]
        people = [f"{name},Zoé Zed-{name},29232,2014-02-01,defeated\n" for name in names]
        assert load(store, PEOPLE + "".join(people)).loaded
        renamed = load(store, PEOPLE + "".join(people).replace("Zoé", "Zoë"))
        assert renamed.outcomes == {"corrected": count}
        held = "".join(f"{name},mayor,2014-04-05,2020-07-03,term_end\n" for name in names)
        asked.clear()
        report = load(store, MANDATES + held, "mandates")
        doubts = [one for one in report.doubts if one.code == "mandate_of_defeated"]
        assert [dict(one.values)["name"] for one in doubts] == [f"Zoë Zed-{one}" for one in names]
        load(store, PEOPLE + "".join(people).replace("Zed", "Zedd"))
        questions.append(len(asked))
    assert questions[0] == questions[1]
