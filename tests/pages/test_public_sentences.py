"""What the web says of an error: a sentence for readers, without a path, a command or an address."""

import asyncio
import re
import string

import httpx
import pytest
from starlette.applications import Starlette

from monitor import i18n
from monitor.errors import MonitorError
from monitor.web.app import MIDDLEWARE, ROUTES
from tests.support.app import open_page, words
from tests.support.damaged_files import STATES
from tests.support.paths import ROOT

SOURCES = {path: path.read_text("utf-8") for path in sorted((ROOT / "monitor").rglob("*.py"))}
#: What the command line alone says.
OF_COMMANDS = {
    "demo_exists",
    "not_guarded",
    "not_mended",
    "not_a_copy",
    "restore_into_new",
    "source_missing",
    "file_exists",
    "system_path",
    "file_missing",
    "file_is_directory",
    "file_unreadable",
    "folder_missing",
    "rejects_unwritable",
    "rejects_left",
    "rejects_are_source",
    "rejects_not_ours",
    "database_url",
    "no_heads",
    "no_room_for_copy",
    "copy_differs",
    "upgrade_without_copy",
}
#: What Python alone says, of tables opened with `monitor.open`.
OF_PYTHON = {
    "frames_format",
    "frames_incomplete",
    "frames_no_export",
    "frames_no_past",
    "frames_one_time",
    "frames_other_pact",
}
#: DatabaseError("code", …), its subclasses, and the codes that `_translated` and others choose.
CODES = sorted(
    (
        {
            code
            for source in SOURCES.values()
            for code in re.findall(r'Database\w+\(\s*"([a-z_]+)"', source)
        }
        | {"disk_full", "database_unreadable", "log_damaged", "no_pact"}
    )
    - OF_COMMANDS
    - OF_PYTHON
)
#: What only the operator is told.
FORBIDDEN = re.compile(
    r"python -m|monitor (?:init|restore|verify|copy)|MONITOR_|/srv/|secret|sqlite:|postgresql:|127\.0"
)
PRIVATE = {
    "path": "/srv/secret/monitor.db",
    "url": "postgresql://127.0.0.1:5432/secret",
    "why": 'connection to server at "127.0.0.1", user "secret" failed',
    "seq": 12,
    "rows": 2,
    "seconds": 5,
    "subject": "action",
    "hash": "0" * 64,
    "last": "2026-01-01",
    "now": "2027-01-01",
    "days": 365,
}


def fields(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_no_database_error_tells_the_public_a_path_or_a_command(code, lang):
    sentence = i18n.public_sentence(MonitorError(code, **PRIVATE), lang)
    assert sentence and not FORBIDDEN.search(sentence), sentence


@pytest.mark.parametrize("code", CODES)
def test_the_operator_is_still_told_what_to_do(code):
    kept = i18n.catalogue("fr")
    assert f"error.{code}" in kept
    if f"public.{code}" in kept:
        assert kept[f"public.{code}"] != kept[f"error.{code}"]
        assert fields(kept[f"public.{code}"]) <= fields(kept[f"error.{code}"])


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_every_sentence_with_a_place_or_a_command_is_for_the_operator_alone(lang):
    """Those of `error.` that name a command or the database's place have another one for the public;
    the rest are said by the command line alone."""
    known = i18n.catalogue(lang)
    codes = {
        key.removeprefix("error.")
        for key, message in known.items()
        if key.startswith("error.")
        and isinstance(message, str)
        and re.search(r"python -m monitor|MONITOR_|\{path\}|\{url\}", message)
        and f"public.{key.removeprefix('error.')}" not in known
    }
    alone = OF_COMMANDS | OF_PYTHON
    assert codes <= alone, codes - alone


def test_no_page_and_no_route_says_an_error_in_the_operator_s_words():
    web = {
        path: source
        for path, source in SOURCES.items()
        if {"ui", "web"} & set(path.relative_to(ROOT / "monitor").parts[:1])
    }
    lines = [
        f"{path.name}: {line.strip()}"
        for path, source in web.items()
        for line in source.splitlines()
        if re.search(r"""f["']error\.\{""", line)
        and "write.changed_by_you" not in line
        and not re.search(r"print\(|LOG\.", line)
    ]
    assert lines == []


async def answers(requests: list[httpx.Request]) -> list[httpx.Response]:
    """What the routes beside the app answer, one after the other."""
    app = Starlette(routes=ROUTES, middleware=MIDDLEWARE)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
        return [await client.send(request) for request in requests]


SURFACES = (
    "/healthz",
    "/readyz",
    "/flux.atom",
    "/ville",
    "/ville/75056",
    "/graphique/mesures",
    "/api/v1/commitments.csv",
    "/api/v1/commitments.json",
    "/api/v1/actions.csv",
    "/api/v1/indicators.json",
    "/api/v1/openapi.json",
    "/sitemap.xml",
    "/tete",
    "/connexion",
    "/activation?jeton=abc",
    "/",
)


@pytest.mark.usefixtures("browser_of")
@pytest.mark.parametrize("damage", [damage for damage, _ in STATES.values()], ids=STATES.keys())
def test_no_surface_gives_a_path_or_a_command_whatever_the_database_is(store, damage):
    forbidden = re.compile(f"python -m|monitor init|MONITOR_|{re.escape(str(store.path.parent))}")
    damage(store)
    requests = [
        httpx.Request("GET", f"http://here{address}{'&' if '?' in address else '?'}lang={lang}")
        for address in SURFACES
        for lang in ("fr", "en")
    ]
    form = {"name": "Camille", "password": "un mot de passe assez long"}
    own = {"origin": "http://here", "host": "here"}
    requests.append(httpx.Request("POST", "http://here/connexion", data=form, headers=own))
    for answer in asyncio.run(answers(requests)):
        assert not forbidden.search(answer.text), answer.request.url
    app = open_page()
    assert not app.exception and not forbidden.search(words(app).replace("\\", ""))
