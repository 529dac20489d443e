"""Columns of texts as categories."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

#: The most texts of a category whose type is kept.
MOST_KEPT = 64


def category_type(texts: Iterable[str], *, ordered: bool = False) -> pd.CategoricalDtype:
    """Of a column of these texts. A few texts have one type wherever they come together: that each is
    there once, and the place of each, is then looked up once."""
    names = tuple(texts)
    make = _kept_type if len(names) <= MOST_KEPT else _new_type
    return make(names, ordered)


def _new_type(names: tuple[str, ...], ordered: bool) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(pd.Index(names, dtype="str"), ordered=ordered)


_kept_type = lru_cache(maxsize=512)(_new_type)


def sorted_category(texts) -> pd.Categorical:
    """A column of texts, of which none is missing, in the order in which Python sorts them."""
    codes, different = pd.factorize(texts)
    order = pc.sort_indices(pa.array(different)).to_numpy()  # in a fifth of Python's time
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    kind = category_type(different.take(order).tolist())
    return pd.Categorical.from_codes(place[codes], dtype=kind, validate=False)
