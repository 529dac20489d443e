"""One column of a published table, and the kinds that most are of."""

from dataclasses import dataclass

#: A moment, in UTC.
TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+([+]00:00|Z)"


@dataclass(frozen=True)
class Field:
    """One column. `type`: string, integer, number, boolean or date. `values`: all that it may hold."""

    name: str
    type: str = "string"
    unit: str | None = None
    values: tuple[str, ...] = ()
    pattern: str | None = None
    required: bool = False
    low: float | None = None
    high: float | None = None


def optional_field(name: str, type: str = "string", **more) -> Field:
    """A column whose cells may be empty."""
    return Field(name, type, **more)


def needed_field(name: str, type: str = "string", **more) -> Field:
    """A column without an empty cell."""
    return Field(name, type, required=True, **more)


def coded_field(name: str, codes, **more) -> Field:
    """A column that holds some codes."""
    return Field(name, values=tuple(str(code) for code in codes), **more)


def count_field(name: str, unit: str = "commitment") -> Field:
    """A column of counts."""
    return Field(name, "integer", unit=unit, required=True, low=0)


def share_field(name: str) -> Field:
    """A column of shares, empty where there is none."""
    return Field(name, "number", unit="share", low=0, high=1)
