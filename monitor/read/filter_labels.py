"""A view in words: what its filters keep."""

from monitor.i18n import is_in_language, language_name, moment, plural, text
from monitor.read.filters import FILTERS, STANDING
from monitor.read.selection import View


def filters_in_words(view: View) -> list[str]:
    """« Région : Bretagne », one for each filter in force: plain text, never markup."""
    return [
        text(
            "filter.is",
            view.lang,
            name=view.text(f"filter.{FILTERS[name].label}"),
            value=FILTERS[name].words(view, value),
        )
        for name, value in view.filters.items()
    ]


def standing_in_words(view: View) -> str:
    """The values of the filters that say where commitments stand, "" when there is none: « annoncé, en
    retard »."""
    kept = {name: view.filters[name] for name in STANDING if name in view.filters}
    return ", ".join(FILTERS[name].words(view, value) for name, value in kept.items())


def past_log_note(view: View) -> str:
    """That a past state of the log is shown, and how many of its signatories are not; "" for that of
    now."""
    if view.known_at is None:
        return ""
    note = text("frame.known_at", view.lang, moment=moment(view.known_at, view.lang))
    left_out = view.state.retracted_count
    return f"{note} {plural('frame.taken_back', left_out, view.lang)}" if left_out else note


def language_of_texts(view: View) -> str:
    """In what language the pact and the texts about it are quoted, "" where it is the reader's."""
    if is_in_language(view.pact.language, view.lang):
        return ""
    name = language_name(view.pact.language, view.lang)
    return text("sheet.language", view.lang, language=name)


def language_note(view: View) -> str:
    """The same in short, right after a quotation: « (cité en anglais) »."""
    if is_in_language(view.pact.language, view.lang):
        return ""
    name = language_name(view.pact.language, view.lang)
    return f" {text('sheet.quoted_in', view.lang, language=name)}"


def pact_language(view: View) -> str:
    """The language of the pact, where nothing of it is quoted: « pacte en anglais »."""
    if is_in_language(view.pact.language, view.lang):
        return ""
    name = language_name(view.pact.language, view.lang)
    return text("sheet.pact_language", view.lang, language=name)
