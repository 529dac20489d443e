"""Columns in order, and texts found among others, are as numpy and pandas say."""

import numpy as np
import pandas as pd
import pytest

from monitor.categories import different_texts, sorted_category
from monitor.status.standing import order_by
from monitor.table_rows import find_texts

FAR = 2**62
#: So often, a few texts are too many for Python.
MANY = 200


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


@pytest.mark.parametrize("times", [1, MANY])
def test_a_text_is_found_where_pandas_finds_it(times):
    among = pd.Series(["b", "é", "a", ""], dtype="str")
    texts = pd.Series(["a", "A", "", None, "é", "é"] * times, dtype="str")
    expected = pd.Index(among).get_indexer(texts)
    assert find_texts(texts, among).tolist() == expected.tolist() == [2, -1, 3, -1, 1, 1] * times
    assert find_texts(texts, among.tolist()).tolist() == expected.tolist()
    assert find_texts(texts.head(0), among.head(0)).tolist() == []


@pytest.mark.parametrize("times", [1, MANY])
def test_the_different_texts_are_those_of_pandas(times):
    texts = pd.Series(["b", "é", None, "b", ""] * times, dtype="str")
    codes, different = different_texts(texts)
    expected, texts_of_pandas = pd.factorize(texts)
    assert codes.tolist() == expected.tolist() == [0, 1, -1, 0, 2] * times
    assert different == texts_of_pandas.tolist() == ["b", "é", ""]


@pytest.mark.parametrize("times", [1, MANY])
def test_a_text_that_is_missing_is_the_empty_one_of_a_category(times):
    found = sorted_category(pd.Series(["b", None, "a"] * times, dtype="str"))
    assert found.tolist() == ["b", "", "a"] * times
    assert found.categories.tolist() == ["", "a", "b"]


@pytest.mark.parametrize(
    "texts",
    [[], ["b"], ["b", "é", "", "Z", "b", "𝄞", "\uffff"], [*"ab" * 90], ["b", "é", "Z"] * MANY],
)
def test_a_category_of_texts_is_that_of_pandas_in_the_order_of_python(texts):
    column = pd.Series(texts, dtype="str")
    found, expected = sorted_category(column), pd.Categorical(column)
    assert (found.tolist(), found.categories.tolist()) == (texts, sorted(set(texts)))
    assert found.dtype == expected.dtype and found.codes.dtype == expected.codes.dtype
