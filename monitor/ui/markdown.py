"""Texts from data on the screen: never markup."""

import re
from urllib.parse import quote

from monitor.read.lines import Line, Mark, Span
from monitor.read.selection import View

#: What Streamlit's markdown gives a meaning to: emphasis, links, images, code, HTML, colours and
#: icons (`:red[…]`, `:material/…:`), LaTeX, tables, headings and lists.
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@=^])")
#: Of these, what means something on one line of a label: not a dot, a hyphen or a bracket within a name,
#: but where it begins the line.
_IN_LABEL = re.compile(r"([\\`*\[<~$]|&(?=#?\w+;)|:(?=\w)|(?<!\w)_|_(?!\w)|^[-+#>])")
_NUMBERED = re.compile(r"^(\d+)([.)])")
#: Ordinary blanks; the no-break spaces of French typography stay.
_BLANKS = re.compile(r"[ \t\r\n]+")
#: What the markdown makes a link of by itself, and up to an ordinary blank: a no-break space and a
#: closing quotation mark would be parts of it.
_ADDRESS = re.compile(
    r"(?<!\w)((?:https?://|www\.)(?:[^\s<>()«»“”]|\([^\s<>()«»“”]*\))+(?<![.,;:!?…'’\"\]}]))",
    re.IGNORECASE,
)


def md(text: str) -> str:
    """A text from data inside a markdown sentence: shown as it is, on one line. An address in it is a
    link, and ends where the address does."""
    text = _BLANKS.sub(" ", str(text))
    if "://" not in text and "www." not in text.lower():  # most are names
        return _plain(text)
    pieces = _ADDRESS.split(text)
    return "".join(_linked(one) if n % 2 else _plain(one) for n, one in enumerate(pieces))


def label_text(text: str) -> str:
    """A text from data as the label of a field, shown as it is: a screen reader reads the label as it
    is written, so that it has a backslash only where the text would be markup without."""
    text = _BLANKS.sub(" ", str(text))
    if "://" in text or "@" in text or "www." in text.lower():
        return md(text)
    return _NUMBERED.sub(r"\1\\\2", _IN_LABEL.sub(r"\\\1", text))


def link(label: str, url: str) -> str:
    """A markdown link whose address cannot end early; it was checked when it came in. The label is
    shown as it is."""
    target = quote(url, safe=":/?#@!$&+,;=%~-._")
    return f"[{_plain(_BLANKS.sub(' ', label))}]({target})"


def line_to_markdown(view: View, line: Line) -> str:
    """A line in markdown."""
    return "".join(f"{before}{span_to_markdown(view, span)}" for before, span in line.spans)


def span_to_markdown(view: View, span: Span) -> str:
    """A span in markdown; an entry that it names is a link into the same view."""
    if span.href or span.entry:
        return link(span.text, span.href or view.url("actions", entree=str(span.entry)))
    return f"**{md(span.text)}**" if span.mark is Mark.STRONG else md(span.text)


def _linked(address: str) -> str:
    return link(address, address if "://" in address else f"http://{address}")


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
