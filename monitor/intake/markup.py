"""Cells as a website keeps them, with its markup: their text is read."""

import html
import re

#: What a page is made of, and nobody writes by hand; where a page of a workspace is, after its title.
_MARKUP = re.compile(
    r"</?(?:p|br|hr|strong|b|em|i|u|s|sup|sub|ul|ol|li|a|span|div|h[1-6]|blockquote|font|img)\b[^<>]*>"
    r"|<!--.*?-->|\s*\((?:https://www\.notion\.so/[^()\s]*|[^()\n]*%20[^()\n]*\.md)\)|&(?:[a-z]{2,8}[0-9]?|#[0-9]{2,6}|#x[0-9a-f]{2,5});",
    re.IGNORECASE | re.DOTALL,
)
#: Where a line begins anew.
_BREAK = re.compile(r"<(?:br|hr)\b[^<>]*>|</(?:p|li|ul|ol|div|h[1-6]|blockquote)>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(
    r"""<a\b[^<>]*\bhref\s*=\s*["']?(?P<address>[^"'\s<>]+)["']?[^<>]*>(?P<text>.*?)</a>""",
    re.IGNORECASE | re.DOTALL,
)


def may_have_markup(text: str) -> bool:
    """Whether a text is worth being looked through for markup."""
    return "<" in text or "&" in text or ".md)" in text or "notion.so/" in text


def has_markup(text: str) -> bool:
    """Whether a text has markup, or characters by their names, as pages have them."""
    return _MARKUP.search(text) is not None


def plain_text(text: str, is_one_line: bool) -> str:
    """What a page shows of a text: each paragraph a line, unless it `is_one_line`."""
    bare = _MARKUP.sub(_without_tag, _BREAK.sub("\n", _ITEM.sub("- ", text)))
    lines = (" ".join(line.split()) for line in bare.split("\n"))
    return (" " if is_one_line else "\n").join(filter(None, lines))


def linked_addresses(text: str) -> tuple[list[str], str]:
    """(the addresses of the links of a text, the words of the first); none where it has other words."""
    links = [*_LINK.finditer(text)]
    if not links or any(map(str.isalnum, plain_text(_LINK.sub(" ", text), True))):
        return [], ""
    addresses = [html.unescape(link["address"]) for link in links]
    return addresses, plain_text(links[0]["text"], True)


def _without_tag(found: re.Match[str]) -> str:
    return html.unescape(found[0]) if found[0].startswith("&") else ""
