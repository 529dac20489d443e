"""What a pact says of one measure: its wording, what its promoter says of it, its criterion."""

import streamlit as st

from monitor.read.commitment_text import LONG, MeasureText, former_facts, measure_text
from monitor.read.selection import View
from monitor.ui import entries, figures
from monitor.ui.entries import Paragraph
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.sentences import criterion_in_words


def show_only_measure(view: View) -> None:
    """What the pact says of the one measure that the page is about; nothing of several."""
    if len(view.kept_titles) == 1:
        (measure,) = view.kept_titles
        words = measure_text(view, measure)
        st.header(md(words.title))
        fold_explanation(view, words, f"_mesure_{measure}")
        paragraphs = measure_paragraphs(view, words)
        # Whoever promised it may have promised what it said then.
        former = (fact.words for fact in former_facts(view, measure, is_due=False))
        paragraphs += [md(said[:1].upper() + said[1:]) for said in former]
        entries.show_paragraphs(Paragraph(False, one) for one in paragraphs)


def fold_explanation(view: View, words: MeasureText, key: str) -> None:
    """An explanation that is too long to stand among `measure_paragraphs`, folded at first."""
    if len(words.explanation) > LONG:
        with figures.fold_part(_explained(view), f"{key}_explication") as opened:
            if opened:
                st.markdown(md(words.explanation))


def measure_paragraphs(view: View, words: MeasureText, own_wording: str = "") -> list[str]:
    """The exact wording, a short explanation, the criterion, in markdown. `own_wording`: the sentence
    that says the wording of one commitment alone."""
    explained = words.explanation if len(words.explanation) <= LONG else ""
    found = [md(words.whole_title)]
    found.append(f"> {t('city.wording', wording=md(words.wording))}" if words.wording else "")
    if explained:
        found.append(f":gray[:small[{_explained(view)}{t('sentence.colon')}{md(explained)}]]")
    found.append(f"> {own_wording}" if own_wording else "")
    if words.criterion or words.lacks_criterion:
        found.append(f":gray[:small[{criterion_in_words(words.criterion)}]]")
    return [one for one in found if one]


def _explained(view: View) -> str:
    """Whose words an explanation is: those of whoever asks for the measure, of nobody who signed."""
    return t("city.explained", promoter=md(view.pact.promoter))
