"""Columns in order, and texts found among others, are as numpy and pandas say."""

import numpy as np
import pandas as pd
import pytest

from monitor.categories import sorted_category
from monitor.status.standing import order_by
from monitor.table_rows import find_texts

FAR = 2**62


@pytest.mark.parametrize(
    "columns",
    [
        ([], []),
        ([3], [1]),
        ([2, 1, 2, 1], [0, -5, 0, 7]),
        ([1, 1, 0], [-(2**30), 2**30, 5], [7, 7, 7]),
        ([0, FAR, 0, -FAR], [2, 1, 1, 9]),  # more than one number holds
    ],
)
def test_an_order_by_columns_is_that_of_numpy(columns):
    arrays = [np.array(column, dtype=np.int64) for column in columns]
    assert order_by(*arrays).tolist() == np.lexsort(arrays[::-1]).tolist()


def test_a_text_is_found_where_pandas_finds_it():
    among = pd.Series(["b", "é", "a", ""], dtype="str")
    texts = pd.Series(["a", "A", "", None, "é", "é"], dtype="str")
    expected = pd.Index(among).get_indexer(texts)
    assert find_texts(texts, among).tolist() == expected.tolist() == [2, -1, 3, -1, 1, 1]
    assert find_texts(texts.head(0), among.head(0)).tolist() == []


@pytest.mark.parametrize(
    "texts", [[], ["b"], ["b", "é", "", "Z", "b", "𝄞", "\uffff"], [*"ab" * 90]]
)
def test_a_category_of_texts_is_that_of_pandas_in_the_order_of_python(texts):
    column = pd.Series(texts, dtype="str")
    found, expected = sorted_category(column), pd.Categorical(column)
    assert (found.tolist(), found.categories.tolist()) == (texts, sorted(set(texts)))
    assert found.dtype == expected.dtype and found.codes.dtype == expected.codes.dtype
