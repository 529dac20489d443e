"""Imports go down the floors, and Streamlit stays on the highest."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = {
    "errors": 0,
    "models": 1,
    "dates": 1,
    "columns": 1,
    "chain": 1,
    "i18n": 1,
    "program": 1,
    "publisher": 1,
    "shares": 2,
    "areas": 2,
    "log": 2,
    "status": 3,
    "indicators": 3,
    "charts": 3,
    "intake": 3,
    "demo": 3,
    "tables": 3,
    "store": 4,
    "snapshot": 5,
    "accounts": 5,
    "commands": 6,
    "queries": 5,
    "export": 6,
    "views": 7,
    "ui": 8,
    "web": 9,
    "paths": 4,
    "terminal": 7,
    "options": 8,
    "publishing": 9,
    "retracting": 9,
    "upkeep": 9,
    "forgetting": 9,
    "team_requests": 8,
    "proving": 8,
    "wiping": 8,
    "links": 8,
    "__main__": 10,
}
FILES = sorted((ROOT / "monitor").rglob("*.py"))


def part(path: Path) -> str:
    """The module or package right under monitor/ that a file belongs to."""
    return path.relative_to(ROOT / "monitor").parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The dotted names that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_strictly_lower_floors_only(path):
    own = part(path)
    if own == "__init__":
        return
    assert own in FLOORS, f"{own} has no floor: give it one"
    used = {name.split(".")[1] for name in imports(path) if name.startswith("monitor.")}
    used -= {own, "__version__"}
    assert all(FLOORS[name] < FLOORS[own] for name in used), used


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_streamlit_stays_on_the_highest_floors(path):
    if any(name.split(".")[0] == "streamlit" for name in imports(path)):
        assert part(path) in ("ui", "web")


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.name)
def test_a_page_is_thin(path):
    source = path.read_text("utf-8")
    assert len(source.splitlines()) <= 100
    assert "groupby" not in source and "SELECT" not in source
