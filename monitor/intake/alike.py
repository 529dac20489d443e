"""Findings that say the same of several cells: told once, with where the others are."""

from collections.abc import Iterable
from typing import TypeVar

from monitor.findings import RowError

AnyError = TypeVar("AnyError", bound=RowError)


def group_alike(found: Iterable[AnyError]) -> list[list[AnyError]]:
    """Those that say the same of the same value, in the order of the first of each."""
    same: dict[tuple, list[AnyError]] = {}
    for one in found:
        # What says nothing of a value is about its line.
        alike = (one.code, one.value, one.values) if one.value else (one.line, one.column, one.code)
        same.setdefault(alike, []).append(one)
    return [*same.values()]


def split_alike(kind: Iterable[AnyError]) -> tuple[list[AnyError], list[list[AnyError]]]:
    """Of those that have one sentence: the first with those of which it is true word for word, and the
    groups of the others, which say it of other values."""
    (first, *same), *others = group_alike(kind)
    said = [one for some in others for one in some if one.values == first.values]
    return [first, *same, *said], others


def group_by_code(found: Iterable[AnyError]) -> list[list[AnyError]]:
    """Those that have one sentence, of whatever values, in the order of the first of each."""
    same: dict[str, list[AnyError]] = {}
    for one in found:
        same.setdefault(one.code, []).append(one)
    return [*same.values()]


def list_lines(found: Iterable[RowError]) -> list[str]:
    """The lines that they are about, each once, as a spreadsheet numbers them."""
    return [str(line) for line in dict.fromkeys(one.row or one.line for one in found) if line]
