"""One line of the table: a figure beside its floor or its peer, and what it should be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`floor`, `ratio`: "–" where the aim is absolute. `met`: None where there is no aim."""

    what: str
    ours: str
    floor: str
    ratio: str
    aim: str
    met: bool | None


def against(
    what: str, ours: float, floor: float, aim: float, name: str, unit: str = "s", digits: int = 2
) -> Row:
    """No more than `aim` times the floor."""
    ratio = ours / floor
    return Row(
        what,
        f"{ours:,.{digits}f} {unit}",
        f"{name}: {floor:,.{digits}f} {unit}",
        f"{ratio:.2f} ×",
        f"≤ {aim:g} ×",
        ratio <= aim,
    )


def ahead(
    what: str, ours: float, peer: float, aim: float, name: str, unit: str = "ms", digits: int = 1
) -> Row:
    """At least `aim` times faster than the peer."""
    ratio = peer / ours
    return Row(
        what,
        f"{ours:,.{digits}f} {unit}",
        f"{name}: {peer:,.{digits}f} {unit}",
        f"{ratio:.1f} × faster",
        f"≥ {aim:g} ×",
        ratio >= aim,
    )


def reaching(
    what: str, ours: float, floor: float, aim: float, name: str, unit: str, digits: int = 0
) -> Row:
    """At least `aim` times as much as the floor."""
    ratio = ours / floor
    return Row(
        what,
        f"{ours:,.{digits}f} {unit}",
        f"{name}: {floor:,.{digits}f} {unit}",
        f"{ratio:.2f} ×",
        f"≥ {aim:g} ×",
        ratio >= aim,
    )


def below(what: str, ours: float, aim: float, unit: str, digits: int = 0, note: str = "–") -> Row:
    return Row(what, f"{ours:,.{digits}f} {unit}", note, "–", f"≤ {aim:g} {unit}", ours <= aim)


def above(what: str, ours: float, aim: float, unit: str, note: str = "–") -> Row:
    return Row(what, f"{ours:,.0f} {unit}", note, "–", f"≥ {aim:g} {unit}", ours >= aim)


def table(rows: list[Row]) -> str:
    """The rows in markdown."""
    lines = ["| what | ours | floor or peer | ratio | aim | met |", "|---|---|---|---|---|---|"]
    words = {True: "yes", False: "**no**", None: "–"}
    lines += [
        f"| {row.what} | {row.ours} | {row.floor} | {row.ratio} | {row.aim} | {words[row.met]} |"
        for row in rows
    ]
    return "\n".join(lines)
