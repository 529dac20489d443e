"""A share and what it rests on: said as a percentage where that is enough, else as its two numbers."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP
from functools import cache
from typing import Literal

from monitor.i18n import number, percent, text
from monitor.models import FEW
from monitor.table_rows import RateRow

Bound = Literal["", "low", "high"]
#: How a share is rounded: to the nearest, or to the side on which what is said of it stays true.
ROUNDINGS = {"": ROUND_HALF_UP, "low": ROUND_FLOOR, "high": ROUND_CEILING}
#: Decimals by which two shares differ.
DECIMALS = 12
#: The shares of a table of indicators: (their part, their base, whose commitments the base is).
SHARES = {
    "coverage": ("assessed", "due", "officials"),
    "rate": ("implemented", "assessed", "officials_assessed"),
    "rate_low": ("implemented", "due", "officials"),
    "rate_high": ("possible", "due", "officials"),
}

#: Which of them are said to be the least, or the most, that is implemented.
BOUNDS: dict[str, Bound] = {"rate_low": "low", "rate_high": "high"}


def is_enough(base, officials):
    """Whether a percentage of so many commitments, of so many officials, may be shown. Numbers give a
    bool, columns a column of them."""
    return (base >= FEW) & (officials >= FEW)


def exact_percent(share: float, lang: str, digits: int = 0, bound: Bound = "") -> str:
    """The percentage, with as many digits more as keep it from 0 for what there is and from 100 for what
    is not all. What is said to be the least is never rounded up (`bound`: "low"), nor what is said to be
    the most, down ("high"): at least 15 % of 15.9, at most 55 of 54.2."""
    share = round(share, DECIMALS)  # 0.57, where a sum leaves a little more or less
    rounding = ROUNDINGS[bound]
    if share in (0, 1):
        return percent(share, lang, digits, rounding)
    while (words := percent(share, lang, digits, rounding)) in _ends_in_words(lang, digits):
        digits += 1
    return words


@cache
def _ends_in_words(lang: str, digits: int) -> tuple[str, str]:
    return percent(0, lang, digits), percent(1, lang, digits)


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of the `base`, in commitments of so many `officials`. `bound`: whether it is said to be the
    least ("low"), or the most ("high")."""

    part: int
    base: int
    officials: int
    bound: Bound = ""

    @property
    def enough(self) -> bool:
        """Whether it may be said as a percentage."""
        return bool(is_enough(self.base, self.officials))

    def percent(self, lang: str, digits: int = 0) -> str:
        """`exact_percent` of it. Asked only where it is `enough`."""
        return exact_percent(self.part / self.base, lang, digits, self.bound)

    def in_words(self, lang: str, digits: int = 0) -> str:
        """« 45 % »; « 3 sur 4 » where that is not `enough`; "–" where the base is nothing."""
        if not self.base:
            return "–"
        return self.percent(lang, digits) if self.enough else self.count(lang)

    def count(self, lang: str) -> str:
        """« 3 sur 4 »."""
        return text("share.count", lang, part=number(self.part, lang), base=number(self.base, lang))


def share_of(row: RateRow, name: str) -> Share:
    """One of SHARES."""
    part, base, officials = (int(getattr(row, column)) for column in SHARES[name])
    return Share(part, base, officials, BOUNDS.get(name, ""))
