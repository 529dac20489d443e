"""Lines of words without any markup: what they say is made once, each surface dresses them."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from monitor.i18n import message_parts


class Mark(StrEnum):
    """What a span is beside its words. `quoted`: from the log, in the language of the pact; `search`:
    leads to where a copy may be, which helps nobody on paper."""

    PLAIN = "plain"
    STRONG = "strong"
    QUOTED = "quoted"
    COPY = "copy"
    SEARCH = "search"


class Span(NamedTuple):
    """Words that read alike. `href`: the address on the web, or `entry`: the number of the public entry,
    that they lead to."""

    text: str
    mark: Mark = Mark.PLAIN
    href: str | None = None
    entry: int | None = None


class Topic(StrEnum):
    """What a line is about, for a surface that sets it apart from the others."""

    QUOTE = "quote"
    SOURCE = "source"
    REASON = "reason"
    NOTE = "note"
    REPLY = "reply"
    PERSON = "person"


class Line(NamedTuple):
    """A sentence; `more`: what follows it, each after a middle dot."""

    topic: Topic
    sentence: tuple[Span, ...]
    more: tuple[Span, ...] = ()

    @property
    def spans(self) -> Iterator[tuple[str, Span]]:
        """All of them, each after what stands before it: a middle dot, or nothing."""
        yield from (("", span) for span in self.sentence)
        yield from ((" · ", span) for span in self.more)

    @property
    def quoted(self) -> str:
        """What of the sentence is quoted, as it was written."""
        return "".join(span.text for span in self.sentence if span.mark is Mark.QUOTED)


def quoted_span(words: str) -> Span:
    """Words that stand between quotation marks, without those that were written around all of them."""
    for opening, closing in _QUOTES:
        inner = words.strip()[1:-1]
        around = words.strip() == f"{opening}{inner}{closing}"
        if around and inner.strip() and opening not in inner and closing not in inner:
            return Span(inner.strip(), Mark.QUOTED)
    return Span(words, Mark.QUOTED)


#: What people put around a quotation.
_QUOTES = ("«»", "“”", "„“", "„”", '""', "»«")


def fill_message(key: str, lang: str, **values: Span) -> tuple[Span, ...]:
    """A message, with what fills it as it is."""
    texts = {name: span.text for name, span in values.items()}
    parts = message_parts(key, lang, **texts)
    return tuple(values[name] if name else Span(words) for words, name in parts)
