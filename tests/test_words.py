"""Texts from data inside a sentence of the screen: never markup."""

import pytest

from monitor.ui.entries import link
from monitor.ui.words import md


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a *b* _c_", r"a \*b\* \_c\_"),
        ("![x](https://exemple.invalid)", r"\!\[x\]\(https\://exemple\.invalid\)"),
        (":red-badge[ok]", r"\:red\-badge\[ok\]"),
        (":material/verified:", r"\:material/verified\:"),
        ("<b>", r"\<b\>"),
        ("$x$", r"\$x\$"),
        ("two\nlines", "two lines"),
        ("65\u202f% «\u00a0oui\u00a0»", "65\u202f% «\u00a0oui\u00a0»"),
    ],
)
def test_markup_is_escaped_and_typography_kept(text, shown):
    assert md(text) == shown


@pytest.mark.parametrize(
    "url", ["https://x.fr/a)b", "https://x.fr/a(b", "https://x.fr/a b", "https://x.fr/é"]
)
def test_a_link_cannot_end_early(url):
    target = link("label", url).removeprefix("[label](")
    assert target.count(")") == 1 and target.endswith(")") and " " not in target
