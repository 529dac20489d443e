"""Where a value belongs that its own column does not take."""

from collections.abc import Mapping

from monitor.intake.vocabulary import code_of, index_words, word_key
from monitor.models import Answer
from monitor.schema import FIELDS, Type

#: The refusals of what may be a value of another column.
_REFUSALS = (
    *("unknown_code", "unknown_status", "near_status", "likely_status", "refused_status"),
    *("unknown_office", "unknown_measure"),
    "not_a_date",
)
#: What is said of anything is no sign of where it belongs.
_SAID_OF_ANYTHING = {"other", "unknown", *Answer}
#: What people call a signature that was withdrawn, and who committed to no measure.
_MEANT = index_words(
    {
        "withdrawn": (
            *("withdrew", "signature withdrawn", "retracted", "revoked", "rescinded"),
            *("retiré", "s’est retiré", "signature retirée", "retrait", "retrait de signature"),
            *("rétracté", "s’est rétracté", "désisté", "s’est désisté", "dédit"),
        ),
        "nowhere": ("aucun", "none", "nothing", "rien", "no", "non"),
    }
)


def name_column(
    kind: str, column: str, value: str, code: str, own: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """What fills the sentence of a refused cell: the column of which its value is one, () if of none.
    `kind`: the file; `own`: `index_words` of the offices of the pact."""
    if code not in _REFUSALS:
        return ()
    meant = _MEANT.get(word_key(value)) if kind in ("signatories", "answers") else None
    if meant == "withdrawn" or (meant and column == "measures"):
        return (("belongs", meant),)
    near = [one for one in FIELDS if one.codes and one.file == kind and one.name != column]
    far = [one for one in FIELDS if one.codes and one.file != kind and code != "not_a_date"]
    for field in (*near, *far):
        meant = code_of(field.name, value, own if field.type is Type.OFFICE else None)
        if meant in own.values() or meant in set(field.codes) - _SAID_OF_ANYTHING:
            where = "here" if field.file == kind else "elsewhere"
            return ("belongs", where), ("other", field.name), ("file", f"{field.file}.csv")
    return ()
