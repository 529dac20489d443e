"""Texts from data on the screen: never markup."""

import re

#: What Streamlit's markdown gives a meaning to: emphasis, links, images, code, HTML, colours and
#: icons (`:red[…]`, `:material/…:`), LaTeX, tables, headings and lists.
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@=^])")
#: Ordinary blanks; the no-break spaces of French typography stay.
_BLANKS = re.compile(r"[ \t\r\n]+")


def md(text: str) -> str:
    """A text from data inside a markdown sentence: shown as it is, on one line."""
    return _MARKUP.sub(r"\\\1", _BLANKS.sub(" ", str(text)))
