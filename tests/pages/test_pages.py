"""Every page, rendered by the app itself on a real database."""

import re
from itertools import pairwise

import pytest
from streamlit.testing.v1 import AppTest

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.export import FORMS
from monitor.models import Decision, Role
from monitor.read.screens import ADDRESSES, NEW_PACT, TEAM_ADDRESSES, empty_pages
from monitor.snapshot import Snapshots
from monitor.ui.analysis import STEPS_SHOWN
from tests.support import pacts
from tests.support.app import PAGES, add, list_officials, open_page, words
from tests.support.clock import NOW
from tests.support.paths import ROOT
from tests.support.team import action, sign_in
from tests.support.waiting import LONGEST

pytestmark = pytest.mark.usefixtures("browser_of")
EVIL = "<b>:red-badge[Zoé]</b> ![x](https://exemple.invalid/x.png) $x$ =1+1"


def times_of_legal_links(app: AppTest) -> int:
    """How often the whole screen names the publisher and what is kept of people."""
    return sum("/mentions-legales" in one.proto.body for one in app.get("html"))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_page_renders_in_both_languages(store, page, lang):
    app = open_page(page, lang=lang)
    assert not app.exception
    assert app.title or app.header
    assert times_of_legal_links(app) == 1


@pytest.mark.parametrize("page", [*PAGES, *TEAM_ADDRESSES])
def test_no_heading_stands_right_above_another_of_its_rank(store, people, page):
    app = open_page(page, pacte="mouves-2014")
    shown = [node for node in app.main if not hasattr(node, "children")]
    ranks = [getattr(node, "tag", "") for node in shown if node.type != "skeleton"]
    assert not app.exception and "h1" in ranks
    assert [one for one in pairwise(ranks) if one[0] and one[0] == one[1]] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_page_renders_on_a_database_without_a_pact(empty, page):
    app = open_page(page)
    assert not app.exception
    assert "aucun pacte" in words(app) and "monitor init" not in words(app)
    assert times_of_legal_links(app) == 1


def test_the_menu_without_a_pact_has_only_what_shows_something(empty):
    hidden = empty_pages(Snapshots(empty).current(), None, Role.ADMIN)
    assert set(ADDRESSES) - hidden == {"", NEW_PACT}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_is_wrong_with_a_missing_database(url, page):
    app = open_page(page)
    assert not app.exception
    assert "pas encore de base de données" in words(app)
    assert times_of_legal_links(app) == 1


def test_a_truncated_database_gives_the_maintenance_page(store):
    store.path.write_bytes(store.path.read_bytes()[:9000])
    assert "tronquée" in words(open_page())


def test_a_group_without_anything_due_has_no_bounds_and_no_effort(store):
    table_text = (
        open_page("analyses", au="2018-01-01", departement="69", par="measure")
        .table[-1]
        .value.to_csv()
    )
    assert (
        "0 / 0" in table_text
        and "au moins" not in table_text
        and "rien n’est encore évalué" not in table_text
    )


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_fictional_pact_says_so(demo, page):
    app = open_page(page)
    assert not app.exception
    assert "Données fictives" in words(app)


def test_the_overview_gives_the_oracle_in_a_sentence(store):
    page_text = words(open_page())
    assert "2 des 5 signataires connus ont été élus maires. 3 autres ont été battus." in page_text
    assert "Au 5 juillet 2020, 6 engagements lient 2 élus. Sur **6** évalués" in page_text
    assert "(sur 6 en vigueur), **aucun** n’est mis en œuvre" in page_text
    assert "**2** le sont en partie, **4** sont décidés." in page_text
    assert (
        "signataires **5** → élus **2** → en poste à la fin du mandat **2** (liés **2**)"
        in page_text
    )
    assert open_page().date_input(key="_au").label.endswith("(fin du mandat)")
    assert "en vigueur **6** → évalués **6** → mis en œuvre **0** (en partie **2**)" in page_text


def test_the_overview_in_english_counts_the_same(store):
    page_text = words(open_page(lang="en"))
    assert "2 of the 5 known signatories were elected mayor. 3 others were defeated." in page_text
    assert "As of 5 July 2020, 6 commitments bind 2 officials. Of **6** assessed" in page_text
    assert "(out of 6 in force), **none** is implemented, **2** are partly" in page_text


def test_the_day_of_the_address_moves_every_figure(store):
    page_text = words(open_page(au="2016-04-05"))
    assert "en vigueur **6** → évalués **3** → mis en œuvre **0** (en partie **0**)" in page_text
    assert "5 avril 2016" in page_text


def test_the_time_of_knowledge_of_the_address_moves_every_figure(store):
    page_text = words(open_page("analyses", connu="2020-01-01T00:00:00Z"))
    assert "Vous lisez ce que le journal disait le 1er janvier 2020" in page_text
    assert (
        "Le journal ne connaissait alors aucun signataire." in page_text
        and "0 des 0" not in page_text
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("region", "99"),
        ("commune", "Paris"),
        ("mesure", "4"),
        ("statut", "kept"),
        ("au", "demain"),
        ("au", "2199-01-01"),
        ("connu", "x"),
        ("pacte", "<script>"),
        ("lang", "de"),
        ("fonction", "king"),
    ],
)
def test_an_unknown_value_of_the_address_says_so_and_shows_the_rest(store, name, value):
    app = open_page(**{name: value})
    assert not app.exception
    assert f"{name} = « {value} »" in words(app)
    assert "élus maires" in words(app)


def test_an_unknown_name_of_the_address_is_ignored(store):
    app = open_page(fbclid="abc")
    assert not app.exception and not app.warning


def test_the_measures_page_lists_each_elected_official_with_each_status(store):
    officials = list_officials(open_page("mesures"))
    assert len(officials) == 2
    assert "**1** ◐ partiellement mis en œuvre" in officials[1] and "◆ décidé" in officials[0]


def test_a_filter_of_the_address_is_shown_in_its_list(store):
    app = open_page("mesures", region="84")
    assert app.selectbox(key="_region").value == "84"
    assert len(list_officials(app)) == 1


def test_choosing_in_a_list_writes_the_address(store):
    app = open_page("mesures")
    app.selectbox(key="_statut").select("decided").run()
    assert app.query_params["statut"] == "decided"
    assert len(list_officials(app)) == 2


@pytest.mark.parametrize("page", ["", "analyses"])
def test_a_filter_by_status_never_chooses_the_answer_of_a_rate(store, page):
    app = open_page(page, statut="decided")
    assert "un taux se calcule sur tous les statuts" in words(app)
    assert "Sur **6** évalués (sur 6 en vigueur), **aucun** n’est" in words(app)


def test_the_measures_page_counts_every_status_and_lists_the_one_asked_for(store):
    app = open_page("mesures", statut="partly_implemented")
    assert "6 engagements lient 2 élus" in words(app)
    assert len(list_officials(app)) == 1


#: The outcome of the one signatory of a pact, None of a pact without any; the day; what the page says
#: where it lists nobody; which filters by where commitments stand it offers.
STANDING = {
    "nobody signed": (None, "2019-01-01", "le journal n’en nomme aucun", []),
    "all lost": ("defeated", "2019-01-01", "ni ce jour-là ni un autre", []),
    "before the vote": ("elected", "2014-03-01", "ne lie encore personne", []),
    "before the office": ("elected", "2014-04-02", "Changez de jour pour en voir", []),
    "in office": ("elected", "2019-01-01", "", ["statut"]),
    "due": ("elected", "2020-07-05", "", ["statut", "retard"]),
}


@pytest.mark.parametrize("page", ["mesures", "actions"])
@pytest.mark.parametrize(("outcome", "day", "said", "offered"), STANDING.values(), ids=STANDING)
def test_only_what_can_be_told_apart_by_where_it_stands_is_asked(
    store, page, outcome, day, said, offered
):
    pacts.load(store, pacts.another())
    if outcome:
        for kind, text in (
            ("signatories", f"signatory_id,name,commune,outcome\ns,Alix Un,33063,{outcome}\n"),
            (
                "mandates",
                "signatory_id,office,started_on,ended_on\ns,mayor,2014-04-05,2020-07-05\n",
            ),
        )[: 1 + (outcome == "elected")]:
            file = file_in_memory(text)
            report = commands.load(store, kind, file, pact_id="other", name="x.csv")
            assert report.loaded, report.errors
    app = open_page(page, pacte="other", au=day)
    keys = [one.key.removeprefix("_") for one in app.selectbox]
    assert [name for name in keys if name in ("statut", "retard")] == offered
    if page == "mesures":
        assert said in words(app)
        assert len(app.info) == (outcome is not None and not offered)
    asked = open_page(page, pacte="other", au=day, statut="decided")
    assert "_statut" in [one.key for one in asked.selectbox]


@pytest.mark.parametrize(
    ("name", "value"), [("region", "99"), ("statut", "kept"), ("au", "demain"), ("fonction", "x")]
)
def test_a_value_that_does_not_exist_is_in_no_address_of_the_page(store, client, name, value):
    found = client.get(f"/ville?{name}={value}").text + words(open_page("mesures", **{name: value}))
    assert f"{name} = « {value} »" in found.replace("\u00a0", " ")
    links = re.findall(r'href="([^"]*)"|\]\(([^)]*)\)', found)
    # The way to the other language is the way to this very page.
    others = [link or other for link, other in links if not link.startswith("/ville?")]
    assert len(others) > 9 and not [one for one in others if f"{name}={value}" in one]


def test_filters_that_leave_nothing_say_so(store):
    app = open_page("mesures", statut="implemented")
    assert "Aucun engagement ne lie un élu avec ces filtres" in words(app)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, ""),
        (
            {"departement": "06"},
            "Avec ces filtres, aucun engagement n’avait lié personne au 5 juillet",
        ),
        ({"departement": "06", "au": "2014-03-15"}, "Aucun engagement n’a encore lié personne"),
        ({"pacte": "other"}, "Tant que ce suivi ne dit pas qui a été élu"),
    ],
)
def test_the_analyses_say_why_there_are_none(store, asked, said):
    pacts.load(store, pacts.another())
    for pact, outcome in (("mouves-2014", "defeated"), ("other", "")):
        file = file_in_memory(f"signatory_id,name,commune,outcome\ns-1,Alix Un,06088,{outcome}\n")
        assert commands.load(store, "signatories", file, pact_id=pact, name="s.csv").loaded
    app = open_page("analyses", **{"pacte": "mouves-2014"} | asked)
    assert [one.value.startswith(said) for one in app.info] == ([True] if said else [])


@pytest.mark.parametrize(
    ("filters", "uncounted", "left_out"),
    [
        ({}, True, False),
        ({"statut": "partly_implemented"}, True, True),
        ({"commune": "75056"}, True, True),
        ({"au": "2014-03-25"}, False, False),
    ],
)
def test_what_is_left_out_of_a_page_is_said_without_zeros(store, filters, uncounted, left_out):
    page_text = words(open_page("mesures", **filters))
    assert ("Non comptés" in page_text) == uncounted
    assert ("que rien, que l’on sache, ne lie ce jour-là" in page_text) == uncounted
    assert ("Écartés par les filtres" in page_text) == left_out
    hidden = re.search(r"Écartés par les filtres : (\d) engagements en vigueur", page_text)
    assert bool(hidden) == left_out and int(hidden[1] if hidden else 0) < 6  # six are, in all
    assert not re.search(r"\b0 (?:signataire|engagement)", page_text)


def test_three_letters_find_a_city(store):
    app = open_page("communes", q="lyo")
    assert not app.exception
    assert "Lyon (69)\u00a0: 2 signataires, 1 élu, 1 battu" in [
        button.label for button in app.button
    ]


def test_a_city_without_a_signatory_is_told_apart_from_no_city(store):
    assert "aucun signataire du pacte n’y est connu" in words(open_page("communes", q="Marseille"))
    assert "Peut-être : Marseille" in words(open_page("communes", q="Marsielle"))
    assert "Aucune commune ne porte un nom proche" in words(open_page("communes", q="zzzz"))


def test_a_city_shows_wording_status_evidence_and_the_defeated(store):
    page_text = words(open_page("communes", commune="75056"))
    assert (
        "Faciliter la création d’un laboratoire" in page_text
        or "Faciliter la création d'un" in page_text
    )
    assert "bilan : tenu en partie" in page_text
    assert "échéance le 5 avril 2016" in page_text
    assert "Inauguration des Canaux" in page_text
    assert "Nathalie Kosciusko-Morizet" in page_text and "battu" in page_text


def test_a_correction_strikes_the_old_entry_and_keeps_it(store):
    add(store, "c1,collomb-lyon,1,2015-09-28,,announced,Rien,press,T,P,,lyo-005,Le vote manque,")
    page_text = words(open_page("communes", commune="69123"))
    assert "~~**28 septembre 2015**" in page_text
    newer = "[56](/actions?pacte=mouves-2014&lang=fr&entree=56)"
    assert f"Corrigée par l’entrée n° {newer}. Raison : Le vote manque" in page_text
    assert "◇ annoncé" in page_text


NARROWED = (
    "signatory_id,name,commune,outcome,measures\ncollomb-lyon,Gérard Collomb,69123,elected,1\n"
)


def test_the_log_is_read_after_a_signatory_s_measures_were_taken_back(store):
    text = file_in_memory(NARROWED)
    report = commands.load(store, "signatories", text, pact_id="mouves-2014", name="n.csv")
    assert report.loaded
    app = open_page("actions")
    assert not app.exception and "entrées" in words(app)


def test_an_entry_about_somebody_who_is_not_public_is_not_either(store):
    file = "signatory_id,name,commune,outcome\nnouveau,Alix Secret,69123,elected\n"
    text = file_in_memory(file)
    volunteer = sign_in(store, "Camille", Role.VOLUNTEER)
    reviewer = sign_in(store, "Sacha", Role.REVIEWER)
    assert commands.load(
        store, "signatories", text, pact_id="mouves-2014", name="n.csv", who=volunteer
    ).loaded
    rows = (
        "action_id,signatory_id,measure,happened_on,kind,summary\n"
        "n1,nouveau,1,2019,note,Un texte prématuré.\n"
    )
    report = commands.load(
        store, "actions", file_in_memory(rows), pact_id="mouves-2014", name="a.csv"
    )
    assert report.loaded
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT seq FROM action WHERE action_id = 'n1'")
        ((file_seq,),) = session.rows("SELECT seq FROM load WHERE file_name = 'n.csv'")
    assert "Un texte prématuré." not in words(open_page("actions"))
    assert "Un texte prématuré." not in words(open_page("actions", entree=str(seq)))
    commands.review_load(store, reviewer, file_seq, Decision.ACCEPTED)
    assert "Un texte prématuré." in words(open_page("actions"))


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_time_beyond_the_calendar_is_an_unknown_value(store, value):
    app = open_page("", connu=value)
    assert not app.exception and app.warning


def test_a_fact_outside_office_says_in_public_that_it_moves_nothing(store):
    volunteer = sign_in(store, "Camille", Role.VOLUNTEER)
    reviewer = sign_in(store, "Sacha", Role.REVIEWER)
    seq = commands.log_action(store, volunteer, action(happened_on="2018-06")).seq
    commands.review_action(store, reviewer, seq, Decision.ACCEPTED)
    for app in (open_page("actions", entree=str(seq)), open_page("communes", commune="69123")):
        assert "Hors de tout mandat qui lie cette personne" in words(app)


def test_a_text_that_a_court_had_removed_leaves_no_none_behind(store):
    commands.redact_entry(store, None, 20, "Ordonnance.")
    for app in (open_page("actions"), open_page("actions", entree="20")):
        page_text = words(app)
        assert "None" not in page_text and "effacés pour toujours" in page_text


def test_a_withdrawn_entry_is_shown_as_withdrawn(store):
    add(store, "r1,collomb-lyon,1,2016-01-01,retraction,,,,,,,lyo-005,Doublon,")
    page_text = words(open_page("communes", commune="69123"))
    assert (
        "Retirée par l’entrée n° [56](/actions?pacte=mouves-2014&lang=fr&entree=56). Raison : Doublon"
        in page_text
    )
    assert "non évalué" in page_text


def test_the_reply_of_an_official_stands_with_the_rest(store):
    add(store, "r2,collomb-lyon,1,2016-01-01,reply,,Nous avons agi.,,,,,,,")
    assert "réponse de l’élu" in words(open_page("communes", commune="69123"))


def test_the_log_is_searched_without_accents_and_shows_its_source(store):
    app = open_page("actions", q="TROPHEES 2018 coopcycle")
    page_text = words(app)
    assert "1 entrée acceptée" in page_text
    assert "Les lauréats 2018" in page_text


def test_an_entry_has_its_own_address(store):
    page_text = words(open_page("actions", entree="33"))
    assert "par-019" in page_text and "Entrée n° 33" in page_text


@pytest.mark.parametrize("asked", ["9", "999", "x", "-1", "1" * 30])
def test_an_entry_that_is_not_public_is_not_shown(store, asked):
    assert "Le journal public n’a pas d’entrée" in words(open_page("actions", entree=asked))


def test_a_long_log_is_read_by_pages(empty):
    commands.load_demo(empty, signatories=60, actions=500)
    first, second = words(open_page("actions")), words(open_page("actions", page="2"))
    assert "1 à 30 sur" in first and "31 à 60 sur" in second


def test_what_was_refused_is_nowhere(empty):
    commands.load_demo(empty, signatories=30, actions=300)
    with empty.reading() as session:
        refused = [seq for (seq,) in session.rows("SELECT action_seq FROM review")]
    assert refused
    for seq in refused:
        assert "Le journal public n’a pas d’entrée" in words(open_page("actions", entree=str(seq)))


@pytest.mark.parametrize("group", ["measure", "region", "department", "size", "office"])
def test_the_analyses_count_by_every_group(store, group):
    app = open_page("analyses", par=group)
    assert not app.exception
    assert "Ensemble" in words(app)


@pytest.mark.parametrize(
    ("asked", "chosen", "warned"),
    [
        ("office,measure", ("office", "measure"), False),
        ("measure,office", ("measure", "office"), False),
        ("office", ("office", ""), False),
        ("office,office", ("office", ""), True),
        ("office,", ("office", ""), True),
        ("office,nonsense", ("office", ""), True),
        ("nonsense,office", ("measure", ""), True),
    ],
)
def test_the_analyses_count_by_two_things_as_the_address_of_the_api_says(
    store, asked, chosen, warned
):
    app = open_page("analyses", par=asked)
    assert not app.exception
    assert app.segmented_control(key="_par").value == chosen[0]
    assert app.selectbox(key="_par_then").value == chosen[1]
    both = [one.value for one in app.header if "puis par" in one.value]
    assert bool(both) is bool(chosen[1]) and bool(app.warning) is warned
    if both:
        table = next(one.value for one in app.table if "Fonction" in one.value.reset_index())
        rows = table.reset_index()
        assert len(rows) == 3 and set(rows["Fonction"]) == {"maire"}
        links = re.findall(r"/api/v1/indicators.csv\?[^)]*", words(app))
        assert any(f"par={asked}" in link for link in links)


def test_no_second_grouping_is_asked_for_where_there_is_one_alone(empty):
    assert pacts.load(empty, pacts.another(fictional='true\nareas = "own"')).loaded
    for kind, rows in (
        ("areas", "code,name\nQC,Québec\n"),
        ("signatories", "signatory_id,name,commune,outcome\ns-1,Alix Un,QC,elected\n"),
    ):
        file = file_in_memory(rows)
        assert commands.load(empty, kind, file, pact_id="other", name=f"{kind}.csv").loaded
    app = open_page("analyses", chapitre="groups")
    assert len(app.segmented_control(key="_par").options) == 1
    assert not [one for one in app.selectbox if one.key == "_par_then"]


def test_the_second_grouping_that_a_reader_chooses_is_in_the_address(store):
    app = open_page("analyses", par="office")
    app.selectbox(key="_par_then").set_value("measure").run()
    assert app.query_params["par"] == "office,measure"
    app.selectbox(key="_par_then").set_value("").run()
    assert app.query_params["par"] == "office"


@pytest.mark.parametrize(
    ("asked", "chapter"),
    [
        ({}, "time"),
        ({"chapitre": "groups"}, "groups"),
        ({"par": "size"}, "groups"),
        ({"entre": "region"}, "groups"),
        ({"depuis": "2018-01-01"}, "changes"),
        ({"evenement": "implemented"}, "time"),
        ({"chapitre": "time", "par": "size"}, "time"),
        ({"chapitre": "nonsense"}, "time"),
    ],
    ids=str,
)
def test_the_analyses_open_at_the_chapter_that_the_address_is_about(store, asked, chapter):
    app = open_page("analyses", **asked)
    assert app.segmented_control(key="_chapitre").value == chapter
    headers = {
        "time": "Nombre par statut",
        "changes": "Engagements selon leur situation",
        "groups": "Ce qui a été regardé",
    }
    for name, begins in headers.items():
        assert any(one.value.startswith(begins) for one in app.header) is (name == chapter)
    assert ("nonsense" in words(app)) is ("nonsense" in asked.values())


def test_the_chapter_that_a_reader_chooses_is_in_the_address(store):
    app = open_page("analyses", par="size")
    app.segmented_control(key="_chapitre").set_value("time").run()
    assert app.query_params["chapitre"] == "time"
    assert not any(one.value.startswith("Ce qui a été regardé") for one in app.header)


def links(app: AppTest) -> dict[str, str]:
    """Address -> query of each link that the page shows as a button."""
    urls = [element.proto.url for element in app.get("link_button")]
    return {url.partition("?")[0]: url.partition("?")[2] for url in urls}


def test_each_table_has_an_address_in_every_form(store):
    app = open_page("donnees")
    tables = (
        "commitments",
        "actions",
        "indicators",
        "incidence",
        "spells",
        "hazard",
        "transitions",
        "revisions",
        "groups",  # nothing was drawn at random: no table of that is offered
    )
    assert list(links(app)) == [
        *(f"/api/v1/{table}.{form}" for table in tables for form in FORMS),
        "/api/v1/openapi.json",
    ]
    addresses = [code.value for code in app.code]
    assert addresses[0] == "/api/v1/commitments.csv?pacte=mouves-2014&au=2020-07-05&lang=fr"
    assert (
        addresses[-1] == "/flux.atom?pacte=mouves-2014&lang=fr"
    )  # no day: what comes next as well


def test_an_address_of_a_table_asks_for_the_view_of_the_page(store):
    app = open_page("donnees", statut="decided", region="11", au="2016-04-05", lang="en")
    found = links(app)
    pinned = "pacte=mouves-2014&region=11&statut=decided&au=2016-04-05&lang=en"
    assert found["/api/v1/commitments.csv"] == pinned
    assert app.code[-1].value == f"/flux.atom?{pinned}"
    assert found["/api/v1/indicators.json"] == pinned.replace("statut=decided&", "")


def test_an_address_for_a_program_is_the_one_that_the_public_uses(store, monkeypatch):
    monkeypatch.setenv("MONITOR_PUBLIC_URL", "https://suivi.example.org/")
    assert all(
        code.value.startswith(
            ("https://suivi.example.org/api/v1/", "https://suivi.example.org/flux")
        )
        for code in open_page("donnees").code
    )


def test_the_method_page_gives_the_head_to_keep(store):
    with store.reading() as session:
        ((seq, hash_),) = session.rows("SELECT seq, hash FROM head")
    assert f"python -m monitor verify --head {seq}:{hash_}" in words(open_page("methode"))


@pytest.mark.parametrize("page", PAGES)
def test_markup_in_data_is_shown_and_never_rendered(store, page):
    signatory = f'x,"{EVIL}",69123,elected'
    report = commands.load(
        store,
        "signatories",
        file_in_memory(f"signatory_id,name,commune,outcome\n{signatory}\n"),
        pact_id="mouves-2014",
        name=f"{EVIL}.csv".replace("/", "-"),
        now=NOW,
    )
    assert report.loaded
    add(
        store,
        f'e1,x,1,2016-01-01,,decided,"{EVIL}",press,"{EVIL}","{EVIL}",https://exemple.invalid/a(b,,,"{EVIL}"',
    )
    app = open_page(page, commune="69123") if page == "communes" else open_page(page)
    assert not app.exception
    for element in (*app.markdown, *app.caption, *app.header, *app.title):
        bare = element.value.replace("\\\\", "")
        assert "![x]" not in bare and ":red-badge[" not in bare and "<b>" not in bare


def test_the_launcher_renders_the_same_app_as_a_plain_script(store):
    app = AppTest.from_file(ROOT / "dashboard.py", default_timeout=LONGEST).run()
    assert not app.exception
    assert "élus maires" in words(app)


@pytest.mark.parametrize(
    "since", ["2013-01-01", "2016-04-05", "2020-07-05", "2026-01-01", "demain"]
)
def test_any_day_to_compare_with_is_taken_or_said_to_be_none(store, since):
    app = open_page(depuis=since)
    assert not app.exception
    taken = since < "2020-07-05"
    assert ("Ce qui a changé du" in " ".join(one.value for one in app.header)) is taken
    assert any("depuis" in one.value for one in app.warning) is not taken


def opened(page: str, part: str, **query: str) -> AppTest:
    """The page with one of its folded parts open."""
    app = open_page(page, **query)
    app.session_state[part] = True
    return app.run()


def test_the_changes_under_the_line_of_time_are_as_many_as_is_said(store):
    app = opened("analyses", "_steps")
    assert "Les 8 changements de statut, chacun avec son entrée" in [e.label for e in app.expander]
    assert words(app).count("→") == 8
    assert "plus anciens" not in words(app)


def test_the_older_changes_are_in_the_log(demo):
    app = opened("analyses", "_steps", pacte="demo", mesure="1")
    (label,) = [e.label for e in app.expander if "derniers des" in e.label]
    assert label.startswith(f"Les {STEPS_SHOWN} derniers des ")
    assert "dans le journal](/actions?pacte=demo&mesure=1&lang=fr)" in words(app)


def test_all_groups_are_in_a_table_under_the_largest(demo):
    app = opened("mesures", "_crossed_department", pacte="demo", par="department")
    page_text = words(app)
    assert (
        "Le graphique montre les 24 groupes qui ont le plus d’engagements en vigueur" in page_text
    )
    tables = [frame.proto.arrow_data.styler.display_values for frame in app.dataframe]
    assert any("rien d’évalué".encode() in table for table in tables)
