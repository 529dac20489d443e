"""What is said once of all parts of a whole pact in which there is nothing yet."""

from collections.abc import Iterable

from monitor import commands
from monitor.cli.terminal import say

#: The doubt of the example of a file to fill in.
EXAMPLE = "example_row"


def is_empty_part(report: commands.Report) -> bool:
    """Whether there is nothing in a part but the titles, and the example of a file to fill in."""
    codes = {one.code for one in (*report.errors, *report.doubts)}
    return report.content != "pact" and not report.outcomes and codes <= {EXAMPLE}


def tell_empty_parts(reports: Iterable[commands.Report]) -> None:
    """In which parts there is nothing, and in which others the example was left."""
    empty, left = [], []
    for report in reports:
        if is_empty_part(report):
            empty.append(report.file_name)
        elif any(one.code == EXAMPLE for one in report.doubts):
            left.append(report.file_name)
    if empty:
        say("cli.parts_empty", files=", ".join(empty))
    if left:
        say("cli.examples_left", files=", ".join(left))
