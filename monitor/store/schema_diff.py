"""Whether a database has the tables and the guards that `create` gives to a new one, and no others."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Departure:
    """One thing that is not as in a new database. `how`: missing, extra, changed; `kind`: table,
    index, trigger, view, function, ties (of an account, beside the record of them); of PostgreSQL
    column, constraint and what `postgres_shape` looks for beside them, but neither table nor view."""

    how: str
    kind: str
    name: str


#: (kind, name) -> how it is defined.
SchemaShape = Mapping[tuple[str, str], str | None]


def schema_differences(expected: SchemaShape, found: SchemaShape) -> list[Departure]:
    """What differs, in order."""
    missing = [Departure("missing", *one) for one in expected.keys() - found.keys()]
    extra = [Departure("extra", *one) for one in found.keys() - expected.keys()]
    both = expected.keys() & found.keys()
    changed = [Departure("changed", *one) for one in both if expected[one] != found[one]]
    return sorted(missing + extra + changed)
