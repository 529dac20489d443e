"""Titles where there is little room: cut at an end of a word, beside a number that does not break."""

import unicodedata

#: Characters of a title in lists, menus and charts; where one is cut it ends with an ellipsis.
LONGEST = 110
#: Characters that are given up for the cut to come after a word.
WORD = 20
#: A hyphen at which no line ends.
NO_BREAK = "\u2011"


def shorten_title(title: str, limit: int = LONGEST) -> str:
    """On one line, and no longer than the limit: « Créer un lieu ouvert à… »."""
    title = " ".join(title.split())
    if len(title) <= limit:
        return title
    end = limit - 1
    while end > 1 and unicodedata.category(title[end]).startswith("M"):
        end -= 1  # a mark belongs to the letter before it
    space = title.rfind(" ", end - WORD, end + 1)
    return title[: space if space > 0 else end].rstrip(" ,;:.–—-") + "…"


def number_title(number: str, title: str) -> str:
    """« 1. Social innovation »: no line ends within the number."""
    return f"{number.replace('-', NO_BREAK)}. {title}".rstrip(" ")
