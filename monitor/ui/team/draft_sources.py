"""The sources of a draft: the one that the entry cites, and those beside it, under numbered fields."""

from collections.abc import Mapping

from monitor.commands.more_sources import field_of_source
from monitor.schema import EVIDENCE

#: The numbers of those that one form takes beside the first.
MORE_SOURCES = range(2, 6)


def typed_sources(draft: Mapping) -> dict[int, dict[str, str]]:
    """What is typed of each source beside the first, by its number, where anything is."""
    every = {
        number: {name: draft[field_of_source(name, number)] for name in EVIDENCE}
        for number in MORE_SOURCES
    }
    return {number: typed for number, typed in every.items() if any(typed.values())}


def count_sources(draft: Mapping) -> int:
    """How many sources the form shows: as many as are typed, or were asked for."""
    return max([draft["sources"], *typed_sources(draft)])


def without_source(draft: Mapping, number: int) -> dict[str, object]:
    """The fields that change when that source goes: those after it move up."""
    last = count_sources(draft)
    moved = {
        field_of_source(name, at): draft[field_of_source(name, at + 1)] if at < last else ""
        for at in range(number, last + 1)
        for name in EVIDENCE
    }
    return {**moved, "sources": last - 1}
