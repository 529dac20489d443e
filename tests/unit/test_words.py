"""Texts from data inside a sentence of the screen: never markup."""

import pytest

from monitor.ui.markdown import label_text, link, md


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a *b* _c_", r"a \*b\* \_c\_"),
        ("![x](//exemple.invalid)", r"\!\[x\]\(//exemple\.invalid\)"),
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
    ("text", "shown"),
    [
        ("pacte-velo_2026.xlsx · R&D (ok)", "pacte-velo_2026.xlsx · R&D (ok)"),
        ("*a* _b_ [c](d) `e`", r"\*a\* \_b\_ \[c](d) \`e\`"),
        (":red[a] à 10: b &lt;", r"\:red\[a] à 10: b \&lt;"),
        ("12. Nom", r"12\. Nom"),
        ("- x", r"\- x"),
        ("a@x.fr", md("a@x.fr")),
    ],
)
def test_a_label_has_backslashes_only_where_it_would_be_markup(text, shown):
    assert label_text(text) == shown


@pytest.mark.parametrize(
    "url", ["https://x.fr/a)b", "https://x.fr/a(b", "https://x.fr/a b", "https://x.fr/é"]
)
def test_a_link_cannot_end_early(url):
    target = link("label", url).removeprefix("[label](")
    assert target.count(")") == 1 and target.endswith(")") and " " not in target


@pytest.mark.parametrize(
    ("before", "address", "after"),
    [
        ("valeur «\u202f", "https://x.fr/a", "\u202f»"),
        ("valeur «\u00a0", "https://x.fr/a?b=1&c=2#d", "\u00a0»\u202f: mal formée"),
        ("value “", "https://x.fr/a", "”: no"),
        ("", "https://x.fr/Paris_(ville)", ""),
        ("(voir ", "https://x.fr/a", ")."),
        ("![x](", "https://x.fr", ")"),
        ("", "HTTP://x.fr/à", ", puis"),
        ("", "www.x.fr", "\u202f»"),
        ("deux : ", "https://x.fr", " *"),
    ],
)
def test_a_link_ends_where_the_address_does(before, address, after):
    target = address if "://" in address else f"http://{address}"
    assert md(before + address + after) == md(before) + link(address, target) + md(after)


@pytest.mark.parametrize("text", ["https://", "xhttps://x", "www", "http://."])
def test_what_is_no_address_is_no_link(text):
    assert "](" not in md(text)


def test_an_address_in_the_label_of_a_link_is_no_second_link():
    assert link("https://x.fr/a", "https://x.fr/b").count("](") == 1
