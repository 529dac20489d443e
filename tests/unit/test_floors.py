"""Imports go down the floors, and Streamlit stays on the highest."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.support.paths import ROOT

FLOORS = {
    "errors": 0,
    "text_columns": 0,
    "models": 1,
    "findings": 1,
    "pacts": 2,
    "samples": 2,
    "analysis_codes": 2,
    "dates": 1,
    "schema": 2,
    "chain": 1,
    "titles": 1,
    "i18n": 1,
    "program": 1,
    "settings": 1,
    "sizes": 1,
    "scratch": 1,
    "publisher": 2,
    "offices": 3,
    "table_rows": 1,
    "categories": 1,
    "shares": 2,
    "areas": 2,
    "log": 3,
    "status": 4,
    "indicators": 4,
    "charts": 4,
    "intake": 4,
    "demo": 4,
    "tables": 4,
    "analysis": 5,
    "store": 5,
    "matching": 5,
    "snapshot": 6,
    "accounts": 6,
    "commands": 7,
    "queries": 6,
    "export": 7,
    "read": 8,
    "ui": 9,
    "frames": 9,
    "web": 10,
    "cli": 11,
    "__main__": 12,
}
#: The most lines of a module.
LINES = 305
FILES = sorted((ROOT / "monitor").rglob("*.py"))


def part(path: Path) -> str:
    """The module or package right under monitor/ that a file belongs to."""
    return path.relative_to(ROOT / "monitor").parts[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imports(path: Path) -> set[str]:
    """The dotted names that a file imports."""
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_every_module_has_a_floor():
    assert {part(path) for path in FILES} - {"__init__"} <= FLOORS.keys()


def test_a_module_imports_strictly_lower_floors_only():
    for path in FILES:
        if (own := part(path)) == "__init__":
            continue
        used = {name.split(".")[1] for name in imports(path) if name.startswith("monitor.")}
        higher = {name for name in used - {own, "__version__"} if FLOORS[name] >= FLOORS[own]}
        assert not higher, path


def test_streamlit_stays_on_the_highest_floors():
    shown = {path for path in FILES if {n.split(".")[0] for n in imports(path)} & {"streamlit"}}
    assert {part(path) for path in shown} <= {"ui", "web"}, shown


def test_only_the_settings_read_the_environment():
    for path in FILES:
        names = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
        assert part(path) == "settings" or not names & {"environ", "getenv"}, path


def test_what_stands_beside_the_app_does_not_need_its_pages():
    for path in (ROOT / "monitor" / "web").rglob("*.py"):
        used = {name for name in imports(path) if name.startswith("monitor.ui")}
        assert not used, f"{path.name}: {used}"


def test_a_module_has_one_subject_and_so_few_lines():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in FILES
        if (lines := len(path.read_text("utf-8").splitlines())) > LINES
    }
    assert not long, "split it at its seam"


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.name)
def test_a_page_is_thin(path):
    source = path.read_text("utf-8")
    assert len(source.splitlines()) <= 100
    assert "groupby" not in source and "SELECT" not in source


def test_the_page_of_the_architecture_has_every_module_on_its_floor():
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \|", page, re.M)
    floors_in_docs = {
        name: int(floor) for floor, names in rows for name in re.findall(r"`(\w+)`", names)
    }
    assert floors_in_docs == FLOORS
