"""Whoever judges the evidence of another reads the evidence: no door tells what the other made of it.

The same log twice, but for the status that the first gave and why.
"""

import re
from datetime import date

import pytest
from starlette.applications import Starlette

import monitor
from monitor import commands, export
from monitor.commands.raters import draw_raters
from monitor.models import Role
from monitor.queries.ratings import find_pair, given_ratings, open_pairs, own_rating
from monitor.queries.team import find_draft
from monitor.read import files
from monitor.read.blind import doubled_commitments
from monitor.read.pact_state import PactState
from monitor.read.sample import current_plan, draft_plan
from monitor.read.sample_tables import samples_to_export
from monitor.snapshot import Snapshots
from monitor.store import open_store
from monitor.web import api, chart, feed, sheet, sitemap
from tests.support.app import all_texts, open_page, words
from tests.support.blind_ratings import draw_sample, give_rating
from tests.support.clock import NOW
from tests.support.routes import Client
from tests.support.team import LATER, people_of

PACT, OPINION = "mouves-2014", "zwiebel"
ROLES = {"Camille": Role.VOLUNTEER, "Sacha": Role.REVIEWER, "Claude": Role.ADMIN}
SHOWN = {
    "source_title": "Acte du conseil",
    "source_url": "https://exemple.invalid/acte",
    "quote": "Adopté à l’unanimité.",
}
ROUTES = (api, feed, sheet, chart, sitemap)
CLIENT = Client(Starlette(routes=[route for each in ROUTES for route in each.ROUTES]))
ADDRESSES = [
    "/flux.atom",
    "/flux.atom?commune=75056",
    "/ville/75056",
    "/ville/69123?cadre=1",
    "/sitemap.xml",
    "/graphique/accord",
    files.UNIVERSE,
    *(files.table_path(name, "csv") for name in files.TABLES),
]


def state_of(store) -> PactState:
    return PactState(Snapshots(store).current(), PACT)


def filled(url: str, status: str):
    """A log in which the first of two has kept evidence, and made `status` of it: (store, people, plan,
    commitment, second)."""
    store = open_store(url)
    commands.init_database(store, now=NOW)
    people = people_of(store)
    drawn_up = draft_plan(state_of(store), date(2020, 7, 4), 6, "Loto", 0)
    kept = ("as_of", "universe", "take_all", "allocation", "fresh_days", "officials")
    asked = {name: getattr(drawn_up, name) for name in kept}
    plan_id = draw_sample(store, PACT, LATER, **asked, evidence="same")
    state = state_of(store)
    plan = current_plan(state)
    assert plan
    about = doubled_commitments(state, plan)[0]
    with store.reading() as session:
        (first,) = draw_raters(session, plan, [about])[about].awaited
    texts = {name: f"{OPINION} {status}" for name in ("summary", "searched")}
    give_rating(store, first, plan_id, about, LATER, status, **texts, **SHOWN)
    with store.reading() as session:
        (second,) = draw_raters(session, plan, [about])[about].awaited
    return store, people, plan_id, about, second


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    folder, found = tmp_path_factory.mktemp("judged"), []
    with pytest.MonkeyPatch.context() as patch:
        for status in ("abandoned", "implemented"):
            url = f"sqlite:///{folder / status}.db"
            patch.setenv("MONITOR_DATABASE", url)
            found.append(filled(url, status))
    return found


def plain(text: str) -> str:
    return re.sub(
        r"uuid:[0-9a-f-]{36}|(\d+:)?[0-9a-f]{7,64}|\d{4}-\d\d-\d\dT[\d:.]+Z?|\d\d:\d\d(:\d\d)?",
        "#",
        text,
    )


@pytest.fixture
def page_of(monkeypatch, browser_of):
    def open_double_reading(world, name):
        store, people, *_ = world
        monkeypatch.setenv("MONITOR_DATABASE", store.url)
        browser_of(people[ROLES[name]])
        app = open_page("double-lecture", pacte=PACT)
        assert not app.exception
        return app

    return open_double_reading


def test_the_second_reads_the_evidence_and_nothing_of_what_the_first_made_of_it(worlds, page_of):
    texts = []
    for world in worlds:
        app = page_of(world, world[-1])
        box = next(one for one in app.selectbox if "which" in one.key)
        box.set_value(world[3]).run()
        assert all(part in words(app) for part in SHOWN.values())
        assert OPINION not in all_texts(app).lower()
        fields = [(one.label, str(one.value)) for one in (*app.text_input, *app.selectbox)]
        texts.append(plain(f"{all_texts(app)}{fields}"))
    assert texts[0] == texts[1]


def test_nobody_else_reads_the_evidence_before_both_are_in(worlds, page_of):
    for world in worlds:
        for name in ROLES.keys() - {world[-1]}:
            app = page_of(world, name)
            page_text = all_texts(app)
            assert not any(part in page_text for part in (*SHOWN.values(), OPINION))


@pytest.mark.parametrize("form", ["csv", "sqlite"])
def test_no_export_is_told(worlds, tmp_path, monkeypatch, form):
    found = []
    for place, (store, *_) in enumerate(worlds):
        monkeypatch.setenv("MONITOR_DATABASE", store.url)
        folder = tmp_path / str(place)
        export.publish_pact(store, PACT, folder, form, read_samples=samples_to_export)
        content = b"".join(
            path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
        )
        assert not any(part.encode() in content for part in (*SHOWN.values(), OPINION))
        found.append(sorted((path.name, path.is_dir()) for path in folder.rglob("*")))
    assert found[0] == found[1]


def test_neither_drafts_nor_frames_nor_queries_tell_anybody_else(worlds):
    for store, _, plan_id, about, second in worlds:
        frames = monitor.open(store.url)
        tables = [frames.agreement_pairs(), frames.agreement(), frames.sample(), frames.actions()]
        with store.reading() as session:
            for name in ("operator", "", "%", second, second.lower()):
                tables.append(own_rating(session, name, PACT, plan_id, *about))
                tables += [
                    find_draft(session, name, f"lecture:{PACT}:{plan_id}:{about[0]}:{about[1]}")
                ]
            tables += [open_pairs(session, PACT, plan_id), given_ratings(session, PACT, plan_id)]
        text = str([one.to_dict() if hasattr(one, "to_dict") else one for one in tables])
        assert not any(part in text for part in (*SHOWN.values(), OPINION))


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_program_is_told(worlds, monkeypatch, address):
    found = []
    for store, *_ in worlds:
        monkeypatch.setenv("MONITOR_DATABASE", store.url)
        answer = CLIENT.get(address).content.decode()
        assert OPINION not in answer and "exemple.invalid/acte" not in answer
        found.append(plain(answer))
    assert found[0] == found[1]


def test_the_second_gives_a_status_and_why_and_the_page_says_what_was_judged(worlds, page_of):
    store, _, plan_id, about, second = worlds[1]
    app = page_of(worlds[1], second)
    next(one for one in app.selectbox if "which" in one.key).set_value(about).run()
    next(one for one in app.selectbox if one.key.endswith("_status")).set_value("implemented").run()
    why = next(one for one in app.text_input if one.key.endswith("_summary"))
    why.set_value("Le vote suffit.").run()
    app.button(key="_blind_give").click().run()
    assert not app.exception and not app.error
    with store.reading() as session:
        pair = find_pair(session, PACT, plan_id, *about)
    assert pair and pair.agrees and pair.second.quote == SHOWN["quote"]
    third = next(iter(ROLES.keys() - {pair.first.author, pair.second.author}))
    assert "Accord de deux jugements des mêmes sources" in words(page_of(worlds[1], third))
