"""What is said of a named person: true on every surface, and the same on each."""

import re
from datetime import date
from functools import partial

import pandas as pd
import pytest

from monitor.i18n import plural
from monitor.models import Lateness, Outcome
from monitor.read import careers, city, counts
from monitor.read.pact_state import PactState
from monitor.read.selection import View
from monitor.read.wording import signatory_wording
from monitor.snapshot import Snapshot
from monitor.ui import sentences
from monitor.web import sheet_sharing, sheet_words
from tests.support.app import open_page
from tests.support.app import words as shown
from tests.support.random_logs import log_of, random_world
from tests.support.routes import load, words
from tests.support.size import pick_amount

pytestmark = pytest.mark.usefixtures("browser_of")
HEAD = "signatory_id,name,commune,signed_on,outcome,due_on\n"
MANDATES = "signatory_id,office,started_on,ended_on,end_reason\n"
OTHER_TIMES = "Aucun jour de mandat dans la fonction visée par le pacte"
NOT_ELECTED = "n’a pas été élue"
NEVER = "pas été élu"


def sign(store, outcome="elected", signed_on="", due_on="", mandates=()):
    load(store, "signatories", f"{HEAD}new,Dominique Neuf,33063,{signed_on},{outcome},{due_on}\n")
    if mandates:
        load(store, "mandates", MANDATES + "".join(f"new,{line}\n" for line in mandates))


@pytest.mark.parametrize(
    ("outcome", "signed_on", "due_on", "mandates", "expected"),
    [
        ("defeated", "2018-05", "", ["mayor,2015-04-05,2017-06-30,resignation"], OTHER_TIMES),
        ("elected", "2018", "", ["mayor,2014-04-05,2016-06-30,resignation"], OTHER_TIMES),
        ("unknown", "2018", "", ["mayor,2014-04-05,2016-06-30,resignation"], OTHER_TIMES),
        ("defeated", "", "", ["mayor,2008-03-16,2014-04-04,term_end"], OTHER_TIMES),
        ("unknown", "", "", ["mayor,2008-03-16,2014-04-04,term_end"], OTHER_TIMES),
        ("defeated", "", "", ["mayor,2020-07-10,,"], OTHER_TIMES),
        ("defeated", "", "2015-01-01", ["mayor,2016-01-01,,"], OTHER_TIMES),
        ("elected", "", "", ["deputy_mayor,2014-04-05,,"], "Le journal note cette personne élue"),
        ("defeated", "", "", ["deputy_mayor,2014-04-05,,"], NOT_ELECTED),
        ("defeated", "", "", [], NOT_ELECTED),
        ("unknown", "", "", [], "Ce suivi ne dit pas si cette personne a été élue"),
    ],
)
def test_why_somebody_is_not_bound_never_denies_an_office_that_they_held(
    store,
    client,
    outcome,
    signed_on,
    due_on,
    mandates,
    expected,
):
    sign(store, outcome, signed_on, due_on, mandates)
    sheet = words(client, "/ville/33063?au=2020-07-05")
    page = shown(open_page("communes", commune="33063", au="2020-07-05"))
    for surface in (sheet, page):
        assert expected in surface
        assert (NOT_ELECTED in surface) == (expected == NOT_ELECTED)


@pytest.mark.parametrize(
    ("lang", "candidate", "after"),
    [("fr", "candidat(e)", "élu(e)"), ("en", "candidate", "elected ·")],
)
def test_before_the_election_nobody_is_elected_or_defeated_yet(
    store,
    client,
    lang,
    candidate,
    after,
):
    sign(store, "elected", "2014-01-01")
    before, later = (
        words(client, f"/ville/33063?lang={lang}&au={day}") for day in ("2014-03-01", "2015-01-01")
    )
    assert candidate in before and after not in before
    assert after in later and candidate not in later
    assert "réputée en fonction" not in before and "assumed to be in office" not in before


@pytest.mark.parametrize(
    ("outcomes", "french", "english"),
    [
        (
            ["unknown"],
            "Ce suivi ne dit pas si le seul signataire connu a été élu maire",
            "Whether the only known signatory was elected mayor is not recorded here",
        ),
        (
            ["unknown"] * 2,
            "Ce suivi ne dit pas lesquels des 2 signataires connus ont été élus maires",
            "Which of the 2 known signatories were elected mayor is not recorded here",
        ),
        (
            ["unknown", "defeated"],
            "Des 2 signataires connus, aucun n’est noté élu maire. L’un d’eux a été battu. Pour",
            "none is recorded as elected mayor. One of them was defeated. For one other, the result",
        ),
        (
            ["elected", "unknown"],
            "une autre personne qui a été élue au même endroit. Au 1er janvier 2016, 3 engagements",
            "somebody else was elected in the same place. As of 1 January 2016, 3 commitments",
        ),
        (
            ["elected", "defeated", "defeated", "unknown"],
            "1 des 4 signataires connus a été élu maire. 2 autres ont été battus. Pour un autre",
            "1 of the 4 known signatories was elected mayor. 2 others were defeated. For one other",
        ),
        (
            ["defeated"] * 2,
            "Aucun des 2 signataires connus n’a été élu maire",
            "None of the 2 known signatories was elected mayor",
        ),
        (
            ["defeated"],
            "Le seul signataire connu n’a pas été élu maire",
            "The only known signatory was not elected mayor",
        ),
    ],
)
def test_who_has_no_known_result_is_never_said_not_to_be_elected(
    store,
    client,
    outcomes,
    french,
    english,
):
    rows = (f"n{n},Personne {n},33063,,{outcome},\n" for n, outcome in enumerate(outcomes))
    load(store, "signatories", HEAD + "".join(rows))
    view = {"departement": "33", "au": "2016-01-01"}
    overview = shown(open_page("", **view)).replace("\u00a0", " ")
    assert french in overview and english in shown(open_page("", lang="en", **view))
    assert (NEVER in overview) == (outcomes == ["defeated"])
    sheet = words(client, "/ville/33063?au=2016-01-01")
    unknown = outcomes.count("unknown")
    alone = unknown > 0 and "elected" not in outcomes
    assert (plural("count.unknown_results", unknown, "fr") in sheet) == alone
    none = ", qui n’a pas été élu" if len(outcomes) == 1 else ", dont aucun n’a été élu"
    none += " à la fonction visée"
    assert (none in sheet) == (unknown == 0 and "elected" not in outcomes)


@pytest.mark.parametrize(
    ("outcomes", "is_counted"), [(["unknown"] * 2, False), (["unknown", "defeated"], True)]
)
def test_nobody_is_counted_as_elected_where_no_result_is_known(store, outcomes, is_counted):
    rows = (f"n{n},Personne {n},33063,,{outcome},\n" for n, outcome in enumerate(outcomes))
    load(store, "signatories", HEAD + "".join(rows))
    view = {"departement": "33", "au": "2016-01-01"}
    overview = shown(open_page("", **view)).replace("\u00a0", " ").replace("*", "")
    assert ("élus 0" in overview) == is_counted
    assert ("2 signataires → 6 engagements" in overview) != is_counted


def test_nobody_elected_is_said_of_those_who_signed_alone(store, client):
    rows = "n0,Personne 0,33063,,defeated,\nn1,Personne 1,33063,2016-06-01,elected,\n"
    load(store, "signatories", HEAD + rows)
    sheet = words(client, "/ville/33063?au=2016-01-01")
    assert "1 signataire du pacte, qui n’a pas été élu" in sheet


@pytest.mark.parametrize(
    ("others", "french", "english"),
    [
        (
            [],
            "1 signataire noté élu n’a de mandat connu que dans une autre fonction",
            "1 signatory recorded as elected has mandates on record only in an office other than",
        ),
        (
            ["elected"],
            "1 des 2 signataires connus a été élu maire. 1 signataire noté élu n’a",
            "1 of the 2 known signatories was elected mayor. 1 signatory recorded as elected has",
        ),
        (
            ["defeated", "unknown"],
            "que celle visée. 1 signataire a été battu. Pour 1 signataire, ce suivi ne donne",
            "the one in question. 1 signatory was defeated. For 1 signatory, the result is not",
        ),
        (
            ["unknown"],
            "que celle visée. Pour 1 signataire, ce suivi ne donne pas le résultat.",
            "the one in question. For 1 signatory, the result is not recorded here.",
        ),
    ],
)
def test_who_holds_another_office_only_is_not_said_to_be_elected_mayor(
    store,
    client,
    others,
    french,
    english,
):
    sign(store, mandates=["deputy_mayor,2014-04-05,2020-07-03,term_end"])
    rows = (f"n{n},Personne {n},33063,,{outcome},\n" for n, outcome in enumerate(others))
    load(store, "signatories", HEAD + "".join(rows))
    view = {"departement": "33", "au": "2016-01-01"}
    overview = shown(open_page("", **view)).replace("\u00a0", " ")
    assert french in overview and english in shown(open_page("", lang="en", **view))
    assert f"élus {others.count('elected')} →" in overview.replace("*", "")
    assert overview.count("n’a de mandat connu que dans une autre fonction") == 1
    sheet = words(client, "/ville/33063?au=2016-01-01")
    assert "1 sans mandat connu dans la fonction visée" in sheet
    assert "noté(e) élu(e), sans mandat connu dans la fonction visée" in sheet


def test_the_first_line_of_a_sheet_says_what_who_left_had_kept(store, client):
    sign(store, mandates=["mayor,2014-04-05,2016-01-31,resignation"])
    head = "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
    load(store, "actions", f"{head}a,new,1,2015-01-01,implemented,Fait.,press,J\n")
    phrase = "engagements ont cessé de lier à la fin d’un mandat"
    assert phrase not in words(client, "/ville/33063?au=2015-06-01")
    after = words(client, "/ville/33063?au=2017-01-01")
    assert phrase in after and "ils étaient alors : mis en œuvre (1) et non évalué (" in after


def test_what_a_sheet_counts_is_told_from_what_is_due(store, client):
    sign(store, mandates=["mayor,2014-04-05,,"])
    head = "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
    load(store, "actions", f"{head}a,new,1,2015-01-01,not_applicable,Métropole.,,\n")
    page_text = words(client, "/ville/33063?au=2016-01-01")
    count = int(re.search(r"(\d+) engagements comptent", page_text)[1])
    assert f"Hors « sans objet », {count - 1} " in page_text
    assert "Hors « sans objet »" not in words(client, "/ville/33063?au=2014-06-01")


def test_mandates_that_the_first_line_of_somebody_tells_are_not_told_twice(store, client):
    sign(store, "defeated", mandates=["mayor,2015-09-20,2018-01-31,resignation"])
    for french, english in (
        (words(client, "/ville/33063?au=2019-01-01"), words(client, "/ville/33063?lang=en")),
        (
            shown(open_page("communes", commune="33063")),
            shown(open_page("communes", commune="33063", lang="en")),
        ),
    ):
        assert french.count("maire du 20 septembre 2015 au 31 janvier 2018") == 1
        assert "mayor from 20 September 2015 to 31 January 2018" in english


def test_a_card_names_whose_commitments_it_shows_and_nobody_else(store, client):
    load(store, "signatories", HEAD + "a,Alix Avant,33063,,elected,\nb,Basile Ensuite,33063,,,\n")
    load(
        store,
        "mandates",
        MANDATES + "a,mayor,2014-04-05,2016-01-31,resignation\nb,mayor,2016-02-09,,\n",
    )
    for day, named, other in (("2015-01-01", "Alix", "Basile"), ("2017-01-01", "Basile", "Alix")):
        card = client.get(f"/ville/33063.svg?au={day}").text
        assert named in card and other not in card


def test_the_commitments_of_several_people_on_a_card_have_their_names(store, client):
    load(store, "signatories", HEAD + "a,Alix Un,33063,,elected,\nb,Basile Deux,33063,,elected,\n")
    card = " ".join(re.findall(r">([^<]+)<", client.get("/ville/33063.svg?au=2015-01-01").text))
    assert (
        "Alix Un et Basile Deux" in card and "Alix Un · 1." in card and "Basile Deux · 1." in card
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # Undone before it was due; done before the signature only.
        (
            ["mayor,2014-04-05,,", "1,2015-01-01,implemented", "1,2016-01-01,abandoned"],
            "aucune entrée qui compte ne montre la mesure mise en œuvre ce jour-là ou depuis",
        ),
        (
            ["mayor,2014-04-05,,", "1,2013-01-01,implemented"],
            "sans que l’on sache",
        ),
    ],
)
def test_overdue_is_not_said_to_be_without_any_entry_that_shows_the_criterion_met(
    store,
    client,
    facts,
    expected,
):
    sign(store, mandates=facts[:1])
    head = "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
    rows = (f"a{n},new,{fact},Dit.,press,J\n" for n, fact in enumerate(facts[1:]))
    load(store, "actions", head + "".join(rows))
    page_text = words(client, "/ville/33063?au=2020-07-05")
    assert expected in page_text
    assert "sans qu’une entrée du journal montre" not in page_text


@pytest.mark.parametrize(
    ("status", "label"),
    [
        ("in_progress", "Depuis"),
        ("stalled", "Depuis"),
        ("not_started", "Constaté le"),
        ("no_evidence", "Constaté le"),
    ],
)
def test_nothing_is_said_to_have_begun_on_the_day_when_it_was_found_not_to(
    store, client, status, label
):
    sign(store, mandates=["mayor,2014-04-05,,"])
    head = "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
    load(store, "actions", f"{head}a1,new,1,2016-02-01,{status},Dit.,press,J\n")
    page_text = words(client, "/ville/33063?au=2020-07-05")
    (said,) = {*re.findall(r"(Depuis|Constaté le)\W*1er\W+février\W+2016", page_text)}
    assert said == label


# One log, every surface


DAYS = ("2014-03-01", "2014-04-05", "2015-06-30", "2016-04-05", "2018-06-01", "2020-07-05")


def check_overview(view: View, people: list[city.Person]) -> None:
    overview = sentences.overview_sentence(view).replace("\u00a0", " ")
    funnel = counts.count_funnel(view)
    rows = [one.row for one in people]
    bound = [one for person in people for one in person.commitments if one.row.binding]
    assert funnel["elected"] == sum(row.signed and row.elected for row in rows)
    assert funnel["unknown"] == sum(row.signed and row.unknown for row in rows)
    kinds = ("elected", "defeated", "unknown", "elsewhere")
    if view.day >= view.pact.election_on:
        assert funnel["signed"] == sum(funnel[one] for one in kinds)
        assert funnel["defeated"] == sum(
            row.signed and row.outcome == "defeated" and not row.elected for row in rows
        )
    assert funnel["bound"] == len({one.row.signatory_id for one in bound}) <= funnel["elected"]
    assert not funnel["unknown"] or NEVER not in overview
    count = re.search(r"(\d+) engagements?[^.]* lie", overview)
    assert (int(count[1]) if count else 0) == len(bound)
    overdue = sum(one.row.lateness == Lateness.OVERDUE for one in bound)
    assert counts.count_by_lateness(view)[Lateness.OVERDUE] == overdue


def check_city(view: View, place: city.City) -> None:
    summary = sheet_words.place_summary(view, place).replace("\u00a0", " ")
    signed = [one.row for one in place.people if one.row.signed]
    found = re.search(r"(\d+) (?:signataires?|\w+ engagée?s?)", summary)
    assert (int(found[1]) if found else 0) == len(signed)
    found = re.search(r"(\d+) engagements? compten?t? : (.*?)\.", summary)
    assert (int(found[1]) if found else 0) == len(place.bound)
    parts = re.findall(r"\((\d+)\)", found[2]) if found else []
    assert sum(map(int, parts)) == len(place.bound)
    over = [one.row for one in place.bound if one.row.lateness == Lateness.OVERDUE]
    unknown = sum(row.status in ("not_assessed", "no_evidence") for row in over)
    for count, ending in (
        (len(over) - unknown, "en retard"),
        (unknown, "dont l’échéance est passée, sans"),
    ):
        found = re.search(rf"(\d+) engagements? {ending}", summary)
        assert (int(found[1]) if found else 0) == count
    card = "".join(re.findall(r">([^<]+)<", sheet_sharing.sheet_card(view, place)))
    bound = {one.row.signatory_id for one in place.bound}
    for person in place.people:
        assert (person.row.name in card) == (person.row.signatory_id in bound)


@pytest.mark.parametrize(
    ("mandates", "known"),
    [("", "a été élu(e) ici à la"), ("mayor,mayor,2014-04-05,,\n", "exerce ici la")],
)
def test_who_is_mayor_is_said_of_the_other_whose_result_nobody_noted(
    store, client, mandates, known
):
    """Never that they were defeated; that somebody holds an office, only where a mandate says so."""
    load(
        store,
        "signatories",
        f"{HEAD}mayor,Maud Une,29019,,elected,\nother,Luc Autre,29019,,unknown,\n",
    )
    if mandates:
        load(store, "mandates", f"signatory_id,office,started_on,ended_on,end_reason\n{mandates}")
    page_text = words(client, "/ville/29019?au=2016-01-01")
    assert f"D’après le journal, Maud Une {known} fonction visée par le pacte." in page_text
    assert "Luc Autre" in page_text and "battu" not in page_text
    assert "Maud Une a été élu(e) ici" in page_text and "résultat inconnu" not in page_text
    assert "1 élu, 1 là où une autre personne a été élue" in page_text


def check_person(view: View, person: city.Person) -> None:
    row, own = person.row, [one.row for one in person.commitments]
    say = partial(view.text, **signatory_wording(row.kind, view.in_departments))
    story, why = careers.career_in_words(view, row), careers.why_unbound(view, row, own)
    held = any(one.binding for one in person.terms)
    if view.day < view.pact.election_on:
        assert story == say("outcome.candidate")
    else:
        assert (say("outcome.unknown") in story) == row.unknown
    # Who is not bound is told why; who is or was is not told that they are not.
    assert bool(why) == (bool(own) and not any(one.ever_bound for one in own))
    if held:
        assert why not in (say("city.not_bound"), say("city.not_known"))
        assert NOT_ELECTED not in why
    if why == say("city.not_bound"):
        assert row.outcome == Outcome.DEFEATED and not row.elected
    if why == say("city.not_in_office_yet"):
        assert not row.in_office or any(one.due_on.date() < view.day for one in own)
    if why == say("city.not_signed_yet"):
        assert not row.signed
    for one in own:
        verdict = careers.verdict_in_words(one, "fr")
        assert verdict.endswith("avant son départ") <= (one.left and not one.withdrawn)
        assert ("signature" in verdict) <= (one.withdrawn and row.withdrawn)
        if one.binding:
            person = city.Person(row, [], [city.Commitment(one, []) for one in own])
            assert row.signed and row.elected and person.is_concerned
        else:
            assert pd.isna(one.lateness)


@pytest.mark.parametrize("seed", range(pick_amount(60, 8)))
def test_every_surface_says_the_same_of_everybody(seed):
    """The first line of the overview, the sheets, their cards and what each says of its people."""
    world = random_world(seed)
    rows = tuple(row | {"name": f"Nom {row['name']}"} for row in world.signatories)
    snapshot = Snapshot(seq=1, hash="0" * 64, logs={"p": log_of(world.but(signatories=rows))})
    for day in DAYS:
        view = View("fr", PactState(snapshot, "p"), date.fromisoformat(day))
        if view.everybody.empty:
            continue
        codes = [code for code in view.everybody["commune"].unique()]
        places = [city.city(sheet_words.city_view(view, code).day_state, code) for code in codes]
        check_overview(view, [one for place in places for one in place.people])
        for place in places:
            own = sheet_words.city_view(view, place.code)
            check_city(own, place)
            for person in place.people:
                check_person(own, person)


@pytest.mark.parametrize(
    ("day", "expected", "unsaid"),
    [
        ("2014-06-01", "pas encore signé à cette date", "non évalué"),
        ("2015-06-01", "non évalué", "ne lie pas"),
        ("2017-06-01", "mandat terminé, ne lie pas ce jour-là", "pas encore"),
    ],
)
def test_a_frame_says_of_each_commitment_that_does_not_bind_that_it_does_not(
    store,
    client,
    day,
    expected,
    unsaid,
):
    sign(store, signed_on="2015-01-01", mandates=["mayor,2014-04-05,2016-06-30,resignation"])
    frame = words(client, f"/ville/33063?cadre=1&au={day}").split("Dominique Neuf")[1]
    assert expected in frame and unsaid not in frame


def test_a_title_of_the_feed_says_that_its_entry_does_not_count(store, client):
    sign(store, signed_on="2015-01-01", mandates=["mayor,2014-04-05,,"])
    load(
        store,
        "actions",
        "action_id,signatory_id,measure,happened_on,kind,status,summary,source_kind,source_title,"
        "supersedes,reason\n"
        "a1,new,1,2014-09-01,,implemented,Avant.,press,J,,\n"
        "a2,new,2,2016-01-01,,decided,Faux.,press,J,,\n"
        "a3,new,2,2016-02-01,retraction,,,press,J,a2,Erreur\n"
        "a4,new,3,2016-01-01,,decided,Vrai.,press,J,,\n",
    )
    titles = re.findall(r"<title>(Bordeaux[^<]*)", client.get("/flux.atom?commune=33063").text)
    ended = {title.split(" — ")[-1]: title for title in titles}
    assert "(avant la signature, ne change pas le statut)" in ended["Avant."]
    assert "(retirée depuis)" in ended["Faux."] and "(" not in ended["Vrai."].replace("(33)", "")
