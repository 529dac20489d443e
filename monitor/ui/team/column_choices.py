"""What a column of a file may be, as a list offers it: a column of ours, the answers to a measure."""

from collections.abc import Sequence

from monitor.intake import FileColumn
from monitor.intake.ambiguous_titles import RESIDENCE
from monitor.intake.beside import takes_residence
from monitor.intake.measure_choices import measure_choices, sort_by_likeness
from monitor.intake.signing_columns import SIGNED_ROWS
from monitor.intake.titles import TITLED, title_of
from monitor.ui.page_run import language, t
from monitor.ui.team.brought_table import BroughtTable

#: The columns of answers that a table of signatories may have beside these.
_OF_ANSWERS = ("answered_on", "comment")


def column_choices(brought: BroughtTable, column: FileColumn) -> list[str]:
    """What the column may be; of one that holds answers, the measures come first, and of them that which
    its title is most like. "" is one that is not read."""
    content = brought.content
    own = [*TITLED[content], *([RESIDENCE] if takes_residence(TITLED[content]) else [])]
    if brought.is_beside_answers:
        own += _OF_ANSWERS
    measures = sort_by_likeness(column.title, _measures(brought)) if column.meant is None else []
    return [*measures, *own, ""] if column.holds_answers else [*own, *measures, ""]


def choices_of_signing(brought: BroughtTable, column: FileColumn) -> list[str]:
    """What a column may be that says who did not sign: what tells which rows are read, or, if it is not
    that, the answers to a measure."""
    return [SIGNED_ROWS, *sort_by_likeness(column.title, _measures(brought))]


def choice_in_words(brought: BroughtTable, choice: str) -> str:
    """What a column of ours, or a measure, is called in a list."""
    content = brought.content
    if not choice:
        return t("import.not_read")
    if choice == SIGNED_ROWS:
        return t("import.signed_rows")
    if choice == RESIDENCE and takes_residence(TITLED[content]):
        content = "signatories"
    elif choice not in TITLED[content]:
        if choice not in _OF_ANSWERS:
            return t("import.answers_to", measure=_measures(brought).get(choice, choice))
        content = "answers"
    words = title_of(content, choice, language())
    return words[:1].upper() + words[1:]


def _measures(brought: BroughtTable) -> dict[str, str]:
    """Those of the pact, where the table may hold answers to them."""
    if brought.pact is None or not brought.may_hold_answers:
        return {}
    return measure_choices(brought.pact.measures, language())


def name_measures(titles: Sequence[str], chosen: Sequence[str | None], content: str) -> list[str]:
    """The titles, with the measures that somebody said in their place."""
    both = zip(titles, chosen, strict=True)
    own = (*TITLED[content], SIGNED_ROWS)
    return [name if name and name not in own else title for title, name in both]
