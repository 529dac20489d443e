"""What is said once of all parts of a whole pact in which there is nothing yet."""

from collections.abc import Iterable

from monitor import commands
from monitor.cli.terminal import say
from monitor.commands.report import EXAMPLE


def tell_empty_parts(reports: Iterable[commands.Report]) -> None:
    """In which parts there is nothing, and in which others the example was left."""
    empty, left = [], []
    for report in reports:
        if report.holds_nothing:
            empty.append(report.file_name)
        elif any(one.code == EXAMPLE for one in report.doubts):
            left.append(report.file_name)
    if empty:
        say("cli.parts_empty", files=", ".join(empty))
    if left:
        say("cli.examples_left", files=", ".join(left))
