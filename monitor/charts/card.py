"""The card of a city: its state as a picture of the size that networks show beside a link."""

from collections.abc import Sequence
from html import escape

from monitor.charts.style import ACCENT, INK, LINE, SIGNS, status_colour, text_colour_on, wrap_text
from monitor.charts.svg import FAMILY, svg_text
from monitor.models import Status

#: Pixels: the card, its margin, where the words of a commitment begin, where the commitments do.
WIDE, HIGH, MARGIN, WORDS, TOP = 1200, 630, 60, 144, 196
#: Pixels: the square of a status, what separates two commitments, room for the notes.
SQUARE, APART, FOOT = 60, 14, 108
#: Pixels: the bar of all commitments with what is below it.
BAR = 118
#: The sizes of letters, the largest that fits: of the heading, of people and notes, of a measure.
HEADINGS, SMALL, MEASURES = (56, 44, 34, 26, 18, 12), (27, 21, 16, 12, 9), (26, 21, 17, 14, 11)
#: The width of a bold letter and the height of a line, as shares of the size.
LETTER, LEADING = 0.66, 1.22
#: The commitments that a card shows at most.
MOST_LINES = 4

#: Lines of text and the size of their letters.
_Text = tuple[list[str], int]


def card(
    heading: str,
    people: str,
    lines: Sequence[tuple[str, str, str]],
    notes: Sequence[str],
    mark: str = "",
    counts: Sequence[tuple[str, str, int]] = (),
) -> str:
    """The state of a city as an SVG of 1200 × 630 pixels: a heading, who is meant, the first commitments
    (status, words, state in words; as many as `card_room`), and notes below. No words are cut: they go
    on lines, in smaller letters where there are many. `mark`: said across it, beneath all else.
    `counts`: (status, words, how many) of all commitments, for a bar above the first."""
    parts = [
        f'<rect width="{WIDE}" height="{HIGH}" fill="#FFFFFF"/>'
        f'<rect width="{WIDE}" height="12" fill="{ACCENT[False]}"/>',
    ]
    if mark:
        parts.append(
            f'<text x="600" y="360" font-size="88" font-weight="bold" text-anchor="middle" '
            f'fill="{INK[False]}" opacity="0.14" transform="rotate(-12 600 360)">{escape(mark)}</text>'
        )
    across = WIDE - 2 * MARGIN
    parts += _lines(_fit(heading, across, 76, HEADINGS), MARGIN, 44, "ink", "bold")
    room = 62 if lines else HIGH - 10 - FOOT - 130
    parts += _lines(_fit(people, across, room, SMALL), MARGIN, 130, "quiet")
    top = float(TOP)
    if counts:
        parts += _bar(counts)
        top += BAR
    for status, words, state in lines[: card_room(lines, bool(counts))]:
        fill = status_colour(status, False)
        title, state_words = _commitment(words, state)
        parts.append(
            f'<rect x="{MARGIN}" y="{top:g}" width="{SQUARE}" height="{SQUARE}" fill="{fill}" '
            f'stroke="{LINE[False]}"/><text x="{MARGIN + SQUARE / 2:g}" y="{top + 42:g}" '
            f'font-size="34" text-anchor="middle" fill="{text_colour_on(fill)}">'
            f"{SIGNS[Status(status)]}</text>"
        )
        parts += _lines(title, WORDS, top - 2, "ink", "bold")
        parts += _lines(state_words, WORDS, top - 2 + _high(title), "quiet")
        top += _step(words, state)
    note_lines = _fit("\n".join(notes), across, FOOT, SMALL[1:])
    parts += _lines(note_lines, MARGIN, HIGH - 10 - _high(note_lines), "quiet")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}" '
        f'font-family="{FAMILY}">{"".join(parts)}</svg>'
    )


def _bar(counts: Sequence[tuple[str, str, int]]) -> list[str]:
    """One bar of all commitments by status, and below it how many have each."""
    parts, left = [], float(MARGIN)
    scale = (WIDE - 2 * MARGIN) / sum(count for _, _, count in counts)
    for status, _, count in counts:
        parts.append(
            f'<rect x="{left:g}" y="{TOP}" width="{count * scale:g}" height="40" '
            f'fill="{status_colour(status, False)}" stroke="{LINE[False]}"/>'
        )
        left += count * scale
    in_words = " · ".join(
        f"{SIGNS[Status(status)]} {words}".replace(" ", "\u00a0") for status, words, _ in counts
    )
    return [
        *parts,
        *_lines(_fit(in_words, WIDE - 2 * MARGIN, 58, SMALL[1:]), MARGIN, TOP + 46, "ink"),
    ]


def card_room(lines: Sequence[tuple[str, str, str]], barred: bool = False) -> int:
    """How many of these commitments, the first ones, a card has room for: one at least. `barred`: below
    the bar of all."""
    room, shown = HIGH - 10 - FOOT - TOP - BAR * barred, 0
    for _, words, state in lines[:MOST_LINES]:
        room -= _step(words, state)
        if shown and room + APART < 0:
            break
        shown += 1
    return shown


def _commitment(words: str, state: str) -> tuple[_Text, _Text]:
    """The title and the state of a commitment: in larger letters while that takes little room."""
    across = WIDE - WORDS - MARGIN
    return _fit(words, across, 190, MEASURES), _fit(state, across, 60, MEASURES[1:])


def _step(words: str, state: str) -> float:
    """The height of a commitment, with what separates it from the next."""
    return max(SQUARE, sum(map(_high, _commitment(words, state)))) + APART


def _fit(words: str, wide: float, high: float, sizes: Sequence[int]) -> _Text:
    """The words, of which each line begins one, in the largest letters with which they fit, else in the
    smallest."""
    made: list[_Text] = []
    for size in sizes:
        letters = int(wide / (LETTER * size))
        lines = [wrap_text(each, letters, hyphens=False) for each in words.split("\n")]
        made.append(([line for part in lines for line in part], size))
    return next((each for each in made if _high(each) <= high), made[-1])


def _high(made: _Text) -> float:
    lines, size = made
    return len(lines) * size * LEADING


def _lines(made: _Text, left: float, top: float, ink: str, weight: str = "normal") -> list[str]:
    lines, size = made
    return [
        svg_text(line, f"{left:g}", round(top + size * (LEADING * place + 1), 1), ink, size, weight)
        for place, line in enumerate(lines)
    ]
