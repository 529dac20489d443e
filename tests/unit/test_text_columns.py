"""Columns of texts: the same texts, whichever way they are kept."""

import pandas as pd
import pytest

from monitor.text_columns import MANY, text_column


@pytest.mark.parametrize(
    ("many", "storage"),
    [(0, "python"), (MANY - 1, "python"), (MANY, "pyarrow"), (MANY + 1, "pyarrow")],
)
def test_few_texts_are_kept_as_python_has_them_and_many_as_arrow_does(many, storage):
    assert text_column(["Évry"] * many).dtype.storage == storage


@pytest.mark.parametrize("times", [1, MANY])
def test_a_text_and_a_missing_one_are_read_as_they_were_given(times):
    texts = ["Évry", None, "", "L’Haÿ-les-Roses 🏛"] * times
    column = pd.Series(text_column(texts))
    assert [None if text != text else text for text in column.tolist()] == texts
    assert column.dtype == "str"
