"""The scripts of a bundle use nothing of the program: what they say of statuses is what it says."""

import re

import pytest

from monitor.analysis.agreement import LADDER
from monitor.analysis_codes import Event
from monitor.models import UNKNOWN, Status, Verdict
from monitor.read.between_days import states_in_order
from tests.support.paths import ROOT

SCRIPTS = ROOT / "monitor" / "export" / "reproduce"
TEXTS = {path.name: path.read_text("utf-8") for path in SCRIPTS.iterdir() if path.is_file()}
EARNED = Verdict.KEPT, Verdict.PARTLY_KEPT, Verdict.BROKEN
WAY = [status for status in states_in_order() if Status(status).step]
FINAL = [status for status in Status if status.final]
JUDGED = [word for s in Status if s.verdict in EARNED for word in (s, s.verdict)]


@pytest.mark.parametrize(
    ("script", "pattern", "words"),
    [
        ("reproduce.py", r"^WAY \+?= (.*)", WAY),
        ("reproduce_rules.R", r"\bway <- c\((.*?)\)", WAY),
        ("reproduce_agreement.py", r"^LADDER \+?= (.*)", LADDER),
        ("reproduce.R", r"\bladder <- c\((.*?)\)", LADDER),
    ],
)
def test_the_order_of_statuses_is_that_of_the_program(script, pattern, words):
    assert quoted(script, pattern) == list(words)


@pytest.mark.parametrize(
    ("script", "pattern", "words"),
    [
        ("reproduce_rules.py", r"^UNKNOWN, FINAL = (.*)", [*UNKNOWN, *FINAL]),
        ("reproduce.R", r"ages <- .*?c\((.*?)\)", [*UNKNOWN, *FINAL]),
        ("reproduce_rules.R", r"\bnothing <- c\((.*?)\)", UNKNOWN),
        ("reproduce_rules.py", r"^EARNED = (.*)", JUDGED),
        *(
            (script, pattern.format(event=event), event.statuses)
            for event in Event
            for script, pattern in (
                ("reproduce_rules.py", r'^EVENTS \|?= .*?"{event}": \((.*?)\)'),
                ("reproduce_rules.R", r"\bevents <- list\(.*?\b{event} = (c\(.*?\)|\S+?\))"),
            )
        ),
    ],
)
def test_a_set_of_statuses_is_that_of_the_program(script, pattern, words):
    assert sorted(quoted(script, pattern)) == sorted(words)


def test_in_r_the_same_statuses_earn_the_same_verdicts():
    (earned,) = re.findall(r"^earned <- c\((.*?)\)", TEXTS["reproduce_rules.R"], re.M)
    pairs = dict(re.findall(r'(\w+) = "(\w+)"', earned))
    assert pairs == {s: s.verdict for s in Status if s.verdict in EARNED}


def quoted(script: str, pattern: str) -> list[str]:
    """The words between quotes in what the pattern finds in a script."""
    every_line = re.M | re.S if script.endswith(".R") else re.M
    return re.findall(r'"(\w+)"', " ".join(re.findall(pattern, TEXTS[script], every_line)))
