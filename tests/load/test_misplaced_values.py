"""A refused value that another column takes: the sentence names that column, and no other."""

import pytest

from monitor import intake
from tests.support.file_rows import ROWS, as_csv, read

HERE = {
    "a reason for an end among the ends": ("mandates", "ended_on", "démission", "end_reason"),
    "a status for a kind": ("actions", "kind", "mis en œuvre", "status"),
    "a kind for a status": ("actions", "status", "Droit de réponse", "kind"),
    "a source for a status": ("actions", "status", "presse", "source_kind"),
    "a status for a source": ("actions", "source_kind", "implemented", "status"),
    "a sort of signatory for an outcome": ("signatories", "outcome", "liste", "kind"),
    "an outcome for a sort of signatory": ("signatories", "kind", "élue", "outcome"),
    "an outcome for a day": ("signatories", "signed_on", "Elected", "outcome"),
}
ELSEWHERE = {
    "an outcome for an office": ("mandates", "office", "élue", "outcome", "signatories.csv"),
    "an end for an outcome": ("signatories", "outcome", "décédée", "end_reason", "mandates.csv"),
    "an outcome for an end": ("mandates", "end_reason", "battu", "outcome", "signatories.csv"),
    "a status for an outcome": ("signatories", "outcome", "en cours", "status", "actions.csv"),
}
WITHDRAWN = ("withdrawn", "Retiré", "retirée", "s’est retirée", "Signature retirée", "Rétracté")
NOWHERE = {
    "maybe for an outcome": ("signatories", "outcome", "Peut-être"),
    "a word of no column": ("signatories", "outcome", "popular"),
    "unknown for an office": ("mandates", "office", "inconnu"),
    "another for a status": ("actions", "status", "autre"),
    "a measure that is none": ("signatories", "measures", "9"),
    "a code for a day": ("actions", "happened_on", "maire"),
    "withdrawn of an entry": ("actions", "status", "retiré"),
}


def refusal(kind: str, column: str, value: str, lang: str = "en") -> str:
    (row,) = read(as_csv({**ROWS[kind], column: value}), kind)
    error = next(one for one in row.errors if one.column == column)
    return intake.error_sentence(error, lang)


@pytest.mark.parametrize(("kind", "column", "value", "other"), HERE.values(), ids=HERE.keys())
def test_a_value_of_another_column_of_the_file_names_it(kind, column, value, other):
    assert f"The column “{other}” takes this value" in refusal(kind, column, value)


@pytest.mark.parametrize(
    ("kind", "column", "value", "other", "file"), ELSEWHERE.values(), ids=ELSEWHERE.keys()
)
def test_a_value_of_another_file_names_both(kind, column, value, other, file):
    assert f"The column “{other}” of {file} takes this value" in refusal(kind, column, value)


@pytest.mark.parametrize("word", WITHDRAWN)
@pytest.mark.parametrize("column", ["outcome", "kind", "signed_on"])
def test_a_withdrawn_signature_has_its_own_column(word, column):
    for lang in ("fr", "en"):
        assert "withdrawn_on" in refusal("signatories", column, word, lang)


@pytest.mark.parametrize("word", ["aucune", "Aucune", "none", "rien"])
def test_who_commits_to_no_measure_has_withdrawn_or_answered_no(word):
    sentence = refusal("signatories", "measures", word)
    assert "withdrawn_on" in sentence and "answers.csv" in sentence


@pytest.mark.parametrize(("kind", "column", "value"), NOWHERE.values(), ids=NOWHERE.keys())
def test_no_column_is_named_where_none_takes_the_value(kind, column, value):
    sentence = refusal(kind, column, value)
    assert "takes this value" not in sentence and "withdrawn_on" not in sentence
