"""What every test stands on: a fresh database in a temporary folder, a fixed clock."""

import gc
import logging
import os
import shutil
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner_utils import script_run_context
from streamlit.testing.v1 import app_test, local_script_runner

from monitor import commands
from monitor.accounts import blocklist, passwords
from monitor.models import Role
from monitor.snapshot import Snapshot, Snapshots
from monitor.store import new_tables, open_store
from monitor.store.id_key import create_id_key
from monitor.store.sqlite import SQLiteStore
from monitor.store.sqlite_session import SQLiteSession
from monitor.store.tables import schema_files
from monitor.text_columns import keep_texts_in_python
from tests.support.clock import NOW
from tests.support.compiling import compile_share
from tests.support.paths import folder_in_memory
from tests.support.postgres import running
from tests.support.size import FULL, pick_amount

# No test waits for a disk, but in `make faults`, where databases are killed and disks are full.
if not FULL and (memory := folder_in_memory()):
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))

settings.register_profile(
    "suite",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    max_examples=pick_amount(100, 30),
)
settings.load_profile("suite")

#: The folders of tests that wait for a browser or for a server most of their time.
WAITING = ("browser", "faults")
#: The files that take longest, each half a minute or more: they begin, and none of them ends alone.
LONGEST_FILES = (
    "browser/test_access.py",
    "faults/test_loads_beside_writers.py",
    "read/test_frames.py",
    "read/test_reproduce.py",
    "web/test_api.py",
    "commands/test_two_people.py",
)
#: The SQLite files that tests begin with, by what is in them.
MADE: dict[str, Path] = {}
#: Who is signed in there, by the engine and by what is in the database.
SIGNED_IN: dict[tuple[str, str], object] = {}
#: The copies of these files: what is in each by its address, and the file as it was copied.
COPIES: dict[str, tuple[str, tuple]] = {}
#: What was read of a copy that nobody has written to, by what is in it.
READ: dict[str, Snapshot] = {}


@pytest.hookimpl(wrapper=True)
def pytest_collection(session):
    """Ten thousand tests and what they import are there to the end: they are never looked through
    for what can be freed, and what comes later seldom. Sixty loggers of Streamlit keep to themselves:
    pytest would begin to listen to each of them six times a test."""
    gc.disable()
    compile_share(session.config.args)
    try:
        return (yield)
    finally:
        for logger in logging.root.manager.loggerDict.values():
            if isinstance(logger, logging.Logger) and logger.name.startswith("streamlit."):
                logger.propagate = True
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        gc.enable()


def pytest_collection_modifyitems(items):
    """What needs a PostgreSQL server is marked so: `make quick` leaves it out. Files that wait, for a
    browser or for a server, run beside files that compute."""
    for item in items:
        engine = item.callspec.params.get("url") if hasattr(item, "callspec") else None
        if engine == "postgres" or "postgres" in item.fixturenames:
            item.add_marker("postgres")
    places = {path: at for at, path in enumerate(spread(dict.fromkeys(i.path for i in items)))}
    items.sort(key=lambda item: places[item.path])


def pytest_collection_finish():
    """What all tests do lighter, once they have been imported with what it is otherwise. Each fixture
    would be looked up again for each of ten thousand tests."""
    keep_texts_in_python()  # as every program of ours does
    hash_passwords_quickly()
    let_today_sign_in()
    find_components_once()
    render_pages_lightly()
    read_copies_once()


def spread(paths) -> list[Path]:
    """The longest files, then the others in their order, those that wait spread over the first four
    fifths of the others."""
    longest = {path for path in paths if f"{path.parent.name}/{path.name}" in LONGEST_FILES}
    waiting = [path for path in paths if path.parent.name in WAITING and path not in longest]
    computing = [path for path in paths if path not in longest and path.parent.name not in WAITING]
    places = [(0.8 * at / len(waiting), path) for at, path in enumerate(waiting)]
    places += [(at / len(computing), path) for at, path in enumerate(computing)]
    return [*sorted(longest), *(path for _, path in sorted(places, key=lambda placed: placed[0]))]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Of `--dist loadfile`: the files of tests/browser are shared out as two halves, not one by one. A
    process begins Chromium once for all of a half, and what the framework sends is compiled once."""
    from xdist.scheduler import LoadFileScheduling

    class Halves(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            if not file.startswith("tests/browser/test_"):
                return file
            return f"tests/browser {file.removeprefix('tests/browser/test_') < 'h'}"

    return Halves(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_generate_tests(metafunc):
    """A module that names ENGINES has each of its tests on a database run once on each engine;
    a test marked `sqlite` is about the file itself."""
    engines = getattr(metafunc.module, "ENGINES", ())
    if engines and "url" in metafunc.fixturenames:
        own = metafunc.definition.get_closest_marker("sqlite")
        metafunc.parametrize("url", ["sqlite"] if own else engines, indirect=True)


def hash_passwords_quickly():
    """A password is hashed in this process without its slowness, and how soon it would be guessed is
    counted once: nothing else of it is another."""
    passwords.HASHER = PasswordHasher.from_parameters(CHEAPEST)
    count = blocklist._guesses
    counted = cache(lambda form, known: count(form, list(known)))
    blocklist._guesses = lambda form, known: counted(form, tuple(known))


def let_today_sign_in():
    """Who is signed in by today's clock writes in the year of the pact, and may."""
    passwords.CLOCK_LEEWAY = timedelta(days=36_500)


def find_components_once():
    """A rendered page asks each package that is installed for components: the answer never changes."""
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def render_pages_lightly():
    """A rendered page is waited for by its thread, and not looked at a thousand times a second; the
    runtime that stands beside it is the same for all, and scripts are compiled once. That the words
    of a choice are asked for beside any page is not told a hundred times a page."""
    logging.getLogger(script_run_context.__name__).disabled = True
    look = local_script_runner.require_widgets_deltas

    def wait(runner, timeout=3):
        runner._script_thread.join(timeout)
        if not runner.script_stopped():
            look(runner, 0)

    local_script_runner.require_widgets_deltas = wait
    app_test.MagicMock, app_test.ScriptCache = (
        cache(app_test.MagicMock),
        cache(app_test.ScriptCache),
    )


def read_copies_once():
    """A copy that nobody has written to is read once for all tests of a process: what is made of it is
    kept from one to the next, as it is from one reader to the next."""
    refresh = Snapshots._refreshed

    def refreshed(self, session):
        kind, copied = COPIES.get(self._store.url, (None, None))
        if kind is None or self.has_snapshot or _file_state(self._store.path) != copied:
            return refresh(self, session)
        if kind not in READ:
            READ[kind] = refresh(self, session)
        object.__setattr__(READ[kind], "store", self._store)  # that of this copy, not of the first
        return READ[kind]

    Snapshots._refreshed = refreshed


@pytest.fixture(scope="module", autouse=True)
def files_begun_once(request, tmp_path_factory):
    """Where how it is made is not what is tested, a new SQLite file is a copy of one that was made in
    this process, with a key of its own: the schema is read once, and not applied step by step."""
    if request.path.parent.name in ("store", "faults"):
        yield
        return
    prepare = SQLiteStore._prepare

    def prepared(self, place, new, source=None, progress=lambda entries: None):
        if not new or source is not None:
            return prepare(self, place, new, source, progress)
        if "nothing" not in MADE:
            made = tmp_path_factory.mktemp("made") / "nothing.db"
            with pytest.MonkeyPatch.context() as without_key:
                without_key.setattr(new_tables, "create_id_key", lambda session: None)
                prepare(self, made, True)
            MADE["nothing"] = made
        shutil.copyfile(MADE["nothing"], place)
        with self._connection("rw", place) as db:
            create_id_key(SQLiteSession(db))
            db.conn.commit()
        return [file.name for file in schema_files("sqlite")]

    SQLiteStore._prepare = prepared
    yield
    SQLiteStore._prepare = prepare


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server for all the tests of a process."""
    with running() as server:
        yield server


@pytest.fixture
def url(request, tmp_path, monkeypatch):
    """The address of a database that holds nothing yet; the environment names it."""
    if getattr(request, "param", "sqlite") == "postgres":
        server = request.getfixturevalue("postgres")
        # What fills a database makes it: `_filled` below.
        address = (
            server.unused()
            if {"store", "empty", "full_store", "demo"} & {*request.fixturenames}
            else server.fresh()
        )
        request.addfinalizer(lambda: server.drop(address))
    else:
        address = f"sqlite:///{tmp_path / 'monitor.db'}"
    monkeypatch.setenv("MONITOR_DATABASE", address)
    return address


@pytest.fixture
def browser_of(monkeypatch):
    """Whose browser the rendered pages are shown in: nobody's, until it is told a Bearer."""
    from monitor.accounts import ANONYMOUS
    from monitor.ui import viewer

    def set_bearer(bearer):
        monkeypatch.setattr(viewer, "presented_bearer", lambda: bearer)

    set_bearer(ANONYMOUS)
    return set_bearer


@pytest.fixture
def empty(url, request):
    """A database without any pact."""
    return _filled(request, url, "empty", lambda store: store.create())


@pytest.fixture
def store(url, request):
    """A database with the packaged pact, and with the `team` or the `people` that the test asks for."""
    from tests.support.team import people_of, team_of

    who = {"team": team_of, "people": people_of}
    kind = next((one for one in who if one in request.fixturenames), None)

    def made(store):
        commands.init_database(store, now=NOW)

    if kind is None:
        return _filled(request, url, "pact", made)
    return _filled(request, url, kind, who[kind], begun=("pact", made))


@pytest.fixture
def demo(url, request):
    """A database with a fictional pact of 300 signatories alone."""

    def made(store):
        store.create()
        commands.load_demo(store, signatories=300)

    return _filled(request, url, "demo", made)


@pytest.fixture
def full_store(url, request):
    """A database that holds every subject of the log."""
    from tests.support.damage import fill

    def made(store):
        commands.init_database(store, now=NOW)
        fill(store)

    return _filled(request, url, "full", made)


def _filled(request, url: str, kind: str, fill, begun: tuple | None = None):
    """A database of that kind: a copy of the one that `fill` makes once for all tests of a process, in
    a copy of that of another kind, if one is `begun`."""

    def made(address):
        SIGNED_IN[_engine(address), kind] = fill(
            _filled(request, address, *begun) if begun else open_store(address)
        )

    if _engine(url) == "postgresql":
        request.getfixturevalue("postgres").filled(url, kind, made, there=begun is None)
        return open_store(url)
    if kind not in MADE:
        folder = request.getfixturevalue("tmp_path_factory").mktemp("made")
        made(f"sqlite:///{folder / f'{kind}.db'}")
        MADE[kind] = folder / f"{kind}.db"
    store = open_store(url)
    shutil.copy(MADE[kind], store.path)
    COPIES[url] = kind, _file_state(store.path)
    return store


def _file_state(path: Path) -> tuple:
    """What another write to a SQLite file changes."""
    log = path.with_name(f"{path.name}-wal")
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns, log.exists() and log.stat().st_size


def _engine(url: str) -> str:
    return url.split(":")[0]


@pytest.fixture
def team(store, url):
    """Two volunteers, two reviewers and an admin, signed in at NOW."""
    return SIGNED_IN[_engine(url), "team"]


@pytest.fixture
def people(store, url, browser_of):
    """Somebody of each role; the page is shown to the admin until told otherwise."""
    found = SIGNED_IN[_engine(url), "people"]
    browser_of(found[Role.ADMIN])
    return found


@pytest.fixture
def client(url):
    """Who asks for the addresses beside the app."""
    from starlette.applications import Starlette

    from monitor.web import api, chart, comparison, feed, sheet, sitemap
    from tests.support.routes import Client

    parts = (api, feed, sheet, comparison, chart, sitemap)
    routes = [route for part in parts for route in part.ROUTES]
    return Client(Starlette(routes=routes))
