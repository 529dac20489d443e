"""What is installed on a server is what was tested, and what goes into an image is no secret."""

import re
from importlib.metadata import distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.paths import ROOT

LOCK = (ROOT / "requirements.lock").read_text("utf-8")


def pinned() -> dict[str, str]:
    """Package -> version, of those that this interpreter installs."""
    found = [Requirement(line) for line in re.findall(r"^([a-z0-9].*?) \\$", LOCK, re.M)]
    here = [one for one in found if one.marker is None or one.marker.evaluate()]
    versions = {one.name: str(one.specifier).removeprefix("==") for one in here}
    assert len(versions) == len(here)
    return versions


def asked(file: str) -> list[Requirement]:
    """What a file of requirements asks for, files that it names included."""
    lines = (ROOT / file).read_text("utf-8").splitlines()
    named = [line.removeprefix("-r ") for line in lines if line.startswith("-r ")]
    own = [line.split("#")[0].strip() for line in lines if not line.startswith(("-r ", "#"))]
    found = [Requirement(line) for line in own if line]
    return [*found, *(one for name in named for one in asked(name))]


def test_the_lock_holds_what_the_requirements_ask_for():
    locked = pinned()
    missing = [
        str(one)
        for one in asked("requirements-postgresql.txt")
        if not one.specifier.contains(locked.get(canonicalize_name(one.name), "0"))
    ]
    assert not missing, f"make lock: {missing}"


def test_the_lock_holds_what_these_need_in_turn():
    locked, missing = pinned(), []
    waiting = [
        (one.name, extra)
        for one in asked("requirements-postgresql.txt")
        for extra in (one.extras or {""})
    ]
    seen = set()
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen or distribution(name).version != locked[canonicalize_name(name)]:
            continue  # this environment has another one: only its own needs are known here
        seen.add((name, extra))
        for line in distribution(name).requires or ():
            need = Requirement(line)
            if need.marker and not need.marker.evaluate({"extra": extra}):
                continue
            version = locked.get(canonicalize_name(need.name), "0")
            if not need.specifier.contains(version, prereleases=True):
                missing.append(f"{name} needs {line}, the lock has {version}")
            else:
                waiting += [(need.name, one) for one in (need.extras or {""})]
    assert not missing
    assert len(seen) > 40


def test_each_file_that_the_lock_names_has_a_hash():
    parts = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.M)[1:]
    assert len(parts) >= len(pinned())
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", part) for part in parts)


@pytest.mark.parametrize("file", ["deploy/Dockerfile", "deploy/README.md", "docs/postgresql.md"])
def test_a_server_installs_nothing_but_what_is_locked(file):
    installs = re.findall(r"pip install .*", (ROOT / file).read_text("utf-8"))
    assert all("--require-hashes -r requirements.lock" in line for line in installs)


def images() -> list[str]:
    """The images that are fetched: those that compose.yaml does not build, and the base of ours."""
    compose = (ROOT / "deploy/compose.yaml").read_text("utf-8")
    named = re.findall(r"^ *image: *(\S+)", compose, re.M)
    bases = re.findall(r"^FROM +(\S+)", (ROOT / "deploy/Dockerfile").read_text("utf-8"), re.M)
    return [name for name in named if name != "monitor"] + bases


def test_an_image_is_fetched_by_its_digest():
    assert {name.split(":")[0] for name in images()} == {"haproxy", "postgres", "python"}
    loose = [
        name for name in images() if not re.fullmatch(r"\w+:[\w.-]+@sha256:[0-9a-f]{64}", name)
    ]
    assert not loose


def test_the_python_of_the_image_is_the_one_that_the_lock_is_made_for():
    (python,) = [name for name in images() if name.startswith("python:")]
    version = re.search(r"--python-version (\S+)", (ROOT / "Makefile").read_text("utf-8"))
    assert version and python.startswith(f"python:{version[1]}-")


def ignored(path: str) -> bool:
    """Whether .dockerignore keeps a file out of the image, by the rules of Docker."""
    for pattern in (ROOT / ".dockerignore").read_text("utf-8").split():
        parts = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
        expression = "".join(
            parts.get(part, re.escape(part)) for part in re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
        )
        if re.fullmatch(f"{expression}(?:/.*)?", path):
            return True
    return False


@pytest.mark.parametrize(
    "secret",
    [
        ".git/config",
        ".streamlit/secrets.toml",
        ".venv/bin/python",
        "data/monitor.db",
        "data/monitor.db-journal",
        "data/monitor.db.before-upgrade-20260101T000000Z",
        "data/monitor.db.heads",
        "data/monitor.heads",
        "deploy/monitor.env",
        "deploy/monitor.pem",
        "deploy/owner.env",
        "out/actions.csv",
    ],
)
def test_a_secret_enters_no_image(secret):
    assert ignored(secret)


def test_what_the_image_needs_is_not_kept_out():
    copied = re.findall(r"^COPY (.+) \S+$", (ROOT / "deploy/Dockerfile").read_text("utf-8"), re.M)
    files = [
        path.relative_to(ROOT).as_posix()
        for line in copied
        for name in line.split()
        for path in [ROOT / name, *(ROOT / name).rglob("*")]
        if path.is_file() and "__pycache__" not in path.parts
    ]
    kept_out = {name for name in files if ignored(name)}
    assert {"requirements.lock", "dashboard.py", ".streamlit/config.toml"} <= set(files) - kept_out
    ours = re.compile(r"data/monitor\.|data/.*\.heads$|\.streamlit/s")  # made by a server run here
    assert not [name for name in kept_out if not ours.match(name)]
