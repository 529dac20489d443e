"""Blind means blind: before the second rating is in, no door gives the first to anybody but its author.

The same log twice, but for what one sealed rating says: whatever door is tried, by whomever, both answer
alike, and no word of it is found.
"""

import inspect
import re
import sqlite3
from pathlib import Path

import pytest
from starlette.applications import Starlette

import monitor
from monitor import commands, export
from monitor.commands.raters import draw_raters
from monitor.frames.pact_frames import PactFrames
from monitor.frames.pact_record import PactRecord
from monitor.models import Role
from monitor.queries.ratings import find_pair, given_ratings, open_pairs, own_rating
from monitor.queries.samples import sample_plans
from monitor.read import files
from monitor.store import open_store
from monitor.store.public_views import SCHEMA, VIEWS
from monitor.web import api, chart, feed, sheet, sitemap
from tests.support.app import PAGES, all_texts, open_page
from tests.support.blind_ratings import draw_sample, give_rating
from tests.support.clock import NOW
from tests.support.routes import Client
from tests.support.team import LATER, people_of
from tests.support.team_pages import PAGES as TEAM_PAGES

PACT, ABOUT, AUTHOR = "mouves-2014", ("hidalgo-paris", "2"), "Camille"
MARK = "zwiebel"
SAID = {
    status: {
        "status": status,
        **{
            name: f"{MARK} {status}"
            for name in ("summary", "source_title", "source_publisher", "quote", "searched")
        },
        "source_url": f"https://{MARK}.invalid/{status}",
    }
    for status in ("abandoned", "implemented")
}
CLIENT = Client(
    Starlette(routes=[*api.ROUTES, *feed.ROUTES, *sheet.ROUTES, *chart.ROUTES, *sitemap.ROUTES])
)
ADDRESSES = [
    "/ville/75056",
    "/ville/75056?cadre=1",
    "/ville/75056?depuis=2015-01-01",
    "/ville/75056.svg",
    "/sitemap.xml",
    "/flux.atom",
    "/flux.atom?commune=75056",
    *(files.table_path(table, form) for table in files.TABLES for form in ("csv", "json")),
    files.PACT,
    files.UNIVERSE,
    "/graphique/mesures.csv",
    *(f"/graphique/accord{form}" for form in ("", ".csv")),
]


def filled(url: str, status: str):
    store = open_store(url)
    commands.init_database(store, now=NOW)
    people = people_of(store)
    plan = draw_sample(store, PACT, LATER)
    seq = give_rating(store, AUTHOR, plan, ABOUT, LATER, **SAID[status])
    commands.save_draft(
        store, people[Role.VOLUNTEER], f"rating:{plan}", f"{MARK} {status} brouillon"
    )
    return store, people, plan, seq


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sealed")
    return [filled(f"sqlite:///{folder / f'{status}.db'}", status) for status in SAID]


@pytest.fixture(scope="module")
def servers(postgres):
    addresses = [postgres.fresh() for _ in SAID]
    yield [filled(url, status) for url, status in zip(addresses, SAID, strict=True)]
    for address in addresses:
        postgres.drop(address)


def compared(text: str) -> str:
    """Without what differs between two logs that say the same: hashes, tokens, times of making."""
    text = re.sub(r"uuid:[0-9a-f-]{36}|[0-9a-f]{7,64}", "#", text)
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z?|\d\d:\d\d(:\d\d)?|memory address \S+", "@", text)


def salt_of(store, seq: int) -> str:
    """What whoever would try the ten statuses against the hash of the entry needs."""
    with store.reading() as session:
        ((salt,),) = session.rows("SELECT salt FROM entry WHERE seq = :seq", seq=seq)
    return salt


def assert_alike(answers: list[str], door: str) -> None:
    for answer in answers:
        assert MARK not in answer.lower(), door
    first, second = map(compared, answers)
    assert first == second, door


@pytest.mark.parametrize("address", dict.fromkeys(ADDRESSES))
def test_no_address_beside_the_app_tells(worlds, monkeypatch, address):
    found, sizes = [], set()
    for store, _, _, seq in worlds:
        monkeypatch.setenv("MONITOR_DATABASE", store.url)
        answer = CLIENT.get(address)
        assert answer.status_code == 200
        found.append(f"{sorted(answer.headers.items())}{answer.content.decode('latin-1')}")
        sizes.add(len(answer.content))
        assert salt_of(store, seq) not in found[-1]
    assert_alike(found, address)
    assert len(sizes) == 1


@pytest.mark.parametrize("page", PAGES)
def test_no_public_page_tells(worlds, monkeypatch, browser_of, page):
    found = []
    for store, *_ in worlds:
        monkeypatch.setenv("MONITOR_DATABASE", store.url)
        page_text = all_texts(open_page(page, commune="75056", q=MARK))
        typed = rf'^(\s*value: "{MARK}"|{MARK})$'  # what was searched for
        found.append(re.sub(typed, "", page_text, flags=re.MULTILINE))
    assert_alike(found, page)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMIN])
@pytest.mark.parametrize("page", TEAM_PAGES)
def test_no_page_of_the_team_tells_a_reviewer_or_an_admin(
    worlds, monkeypatch, browser_of, page, role
):
    found = []
    for store, people, *_ in worlds:
        monkeypatch.setenv("MONITOR_DATABASE", store.url)
        browser_of(people[role])
        found.append(all_texts(open_page(page)))
    assert_alike(found, f"{page} {role}")


def files_in(folder: Path) -> str:
    """The names and the bytes of all files, and what tables of SQLite hold."""
    texts = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        texts.append(f"{path.relative_to(folder)}\n")
        if path.suffix in (".db", ".sqlite"):
            with sqlite3.connect(path) as database:
                texts += database.iterdump()
        elif path.suffix in (".csv", ".json", ".toml", ".txt", ".md", ".py", ".R"):
            texts.append(path.read_text("utf-8"))
        assert MARK.encode() not in path.read_bytes(), path
    return "\n".join(texts)


@pytest.mark.parametrize("form", export.FORMATS)
def test_no_export_tells(worlds, tmp_path, form):
    found = []
    for place, (store, *_) in enumerate(worlds):
        folder = tmp_path / str(place)
        folder.mkdir()
        export.publish_pact(store, PACT, folder, form)
        found.append(files_in(folder))
    assert_alike(found, form)


FRAMES = sorted(
    name
    for name, made in vars(PactFrames).items() | vars(PactRecord).items()
    if inspect.isfunction(made) and not name.startswith("_") and name not in ("changes", "card")
)


@pytest.mark.parametrize("frame", FRAMES)
def test_no_frame_tells(worlds, frame):
    found = [str(getattr(monitor.open(store.url), frame)().to_dict()) for store, *_ in worlds]
    assert_alike(found, frame)


@pytest.mark.parametrize("engine", ["worlds", "servers"])
def test_no_query_but_that_of_its_author_reads_it(request, engine):
    found = []
    for store, _, plan_id, seq in request.getfixturevalue(engine):
        with store.reading() as session:
            (plan,) = sample_plans(session, PACT)
            answers = [
                given_ratings(session, PACT, plan_id),
                open_pairs(session, PACT, plan_id),
                find_pair(session, PACT, plan_id, *ABOUT),
                draw_raters(session, plan, [ABOUT]),
                *(
                    own_rating(session, name, PACT, plan_id, *ABOUT)
                    for name in ("Sacha", "Claude", "operator", "", "%", "camille")
                ),
            ]
            own = own_rating(session, AUTHOR, PACT, plan_id, *ABOUT)
        assert own and own.seq == seq and MARK in (own.searched or "")
        found.append(str(answers))
    assert_alike(found, "queries")


def test_no_view_of_an_outside_reader_tells(servers):
    found = []
    for store, *_ in servers:
        with store.reading() as session:
            rows = [
                session.rows(f"SELECT t::text FROM {SCHEMA}.{view} t ORDER BY 1") for view in VIEWS
            ]
        found.append(str(rows))
    assert_alike(found, "views")


@pytest.mark.parametrize("engine", ["worlds", "servers"])
def test_the_hash_of_the_entry_cannot_be_tried_against_the_ten_statuses(request, engine):
    """The digest is of a salt of sixteen random bytes as well, which nothing public holds."""
    salts = []
    for store, _, _, seq in request.getfixturevalue(engine):
        with store.reading() as session:
            ((salt, own),) = session.rows(
                "SELECT e.salt, x.salt FROM entry e JOIN rating_text x ON x.seq = e.seq "
                "WHERE e.seq = :seq",
                seq=seq,
            )
        salts += [salt, own]
        assert all(re.fullmatch(r"[0-9a-f]{32}", one) for one in (salt, own))
    assert len({*salts}) == len(salts)
