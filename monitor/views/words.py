"""What a view says of itself in words, in its language: plain texts, never markup."""

from monitor.i18n import text
from monitor.views.view import COLUMNS, View


def filters(view: View) -> list[str]:
    """Each filter in force: « Mesure : Innovation sociale »."""
    return [
        text(
            "feed.filter", view.lang,
            name=text(f"filter.{_label(name)}", view.lang), value=value_of(view, name),
        )
        for name in view.filters
    ]  # fmt: skip


def value_of(view: View, name: str) -> str:
    """The value of a filter in words: a name of a place, a title, a status."""
    value = view.filters[name]
    if name in ("statut", "fonction"):
        return text(f"{_label(name)}.{value}", view.lang)
    if name == "mesure":
        return f"{value}. {view.titles[value]}"
    if name == "commune":
        return view.log.areas["name"].get(value, value)
    return view.places(_label(name))[value]


def _label(name: str) -> str:
    return COLUMNS[name].removesuffix("_code")
