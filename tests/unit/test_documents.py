"""What a reader of the documents can count on: the README is short, and every link leads somewhere."""

import re
from pathlib import Path

import pytest

from tests.support.paths import ROOT

DOCUMENTS = [
    *ROOT.glob("*.md"),
    *ROOT.glob("d*/*.md"),
    *ROOT.glob("data/*/*.md"),
    *ROOT.glob("benchmarks/*.md"),
]


def anchors(text: str) -> set[str]:
    """What the headings of a document can be linked by."""
    return {
        *map(
            anchor_of,
            re.findall(r"^#+ .+$", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S), re.M),
        )
    }


def anchor_of(head: str) -> str:
    plain = re.sub(r"[`*]|\[([^]]*)\]\([^)]*\)", r"\1", head.lstrip("# "))
    return re.sub(r"[^\w -]", "", plain.lower()).replace(" ", "-")


def test_the_readme_is_read_in_one_go():
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    assert len(lines) <= 120
    assert [line for line in lines if len(line) > 120] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_of_a_document_lead_somewhere(document: Path):
    text = document.read_text("utf-8")
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        there = document.parent / name if name else document
        if not there.exists() or (anchor and anchor not in anchors(there.read_text("utf-8"))):
            lost.append(target)
    assert lost == []


def test_every_decision_is_in_the_contents():
    text = (ROOT / "docs/decisions.md").read_text("utf-8")
    decisions = re.findall(r"^### .+$", text, re.M)
    assert re.findall(r"^- \[.*\]\(#(.+)\)$", text, re.M) == [*map(anchor_of, decisions)]
