"""The Python that analysts are shown is run as it stands."""

import json
import re

import pytest

from tests.support.paths import ROOT

DATABASE = "sqlite:///data/monitor.db"


def test_the_notebook_runs(demo, url):
    cells = json.loads((ROOT / "docs" / "analysis.ipynb").read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    scope: dict = {}
    for source in code:
        exec(source.replace(DATABASE, url), scope)
    assert len(scope["table"]) and scope["pact"].id == "demo"


def test_the_page_runs(store, url):
    page = (ROOT / "docs" / "analysts.md").read_text("utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", page, re.S)
    exec(block.replace(DATABASE, url), {})


@pytest.mark.parametrize("kind", ["method", "table"])
def test_the_page_names_what_there_is(kind):
    from monitor.export.fields import TABLES
    from monitor.frames import PactFrames

    page = (ROOT / "docs" / "analysts.md").read_text("utf-8")
    if kind == "method":
        rows = re.findall(r"^\| (`.+?) \|", page, re.M)
        named = {name for row in rows for name in re.findall(r"`(\w+)", row)}
        own = {name for name in dir(PactFrames) if not name.startswith("_")}
        assert named == own - {"id", "pact", "head", "day"}
    else:
        assert set(re.findall(r"^- `(\w+)`:", page, re.M)) <= set(TABLES)
