"""Columns of texts as categories."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from monitor.text_columns import FEW, text_column

#: The most texts of a category whose type is kept.
MOST_KEPT = 64


def category_type(texts: Iterable[str], *, ordered: bool = False) -> pd.CategoricalDtype:
    """Of a column of these texts. A few texts have one type wherever they come together: that each is
    there once, and the place of each, is then looked up once."""
    names = tuple(texts)
    make = _kept_type if len(names) <= MOST_KEPT else _new_type
    return make(names, ordered)


def _new_type(names: tuple[str, ...], ordered: bool) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(pd.Index(text_column(names)), ordered=ordered)


_kept_type = lru_cache(maxsize=512)(_new_type)


def different_texts(texts) -> tuple[np.ndarray, list[str]]:
    """The place of each text of a column among the different ones, -1 where it is missing, and these in
    the order in which they come: as `pd.factorize`, in a tenth of its time where they are few."""
    if len(texts) > FEW:
        codes, different = pd.factorize(texts)
        return codes, different.tolist()
    places: dict[str, int] = {}
    codes = [
        places.setdefault(text, len(places)) if isinstance(text, str) else -1
        for text in texts.tolist()
    ]
    return np.array(codes, dtype=np.intp), [*places]


def sorted_category(texts) -> pd.Categorical:
    """A column of texts in the order in which Python sorts them, "" where one is missing."""
    if len(texts) <= FEW:
        own = [text if isinstance(text, str) else "" for text in texts.tolist()]
        names = sorted({*own})
        places = {name: place for place, name in enumerate(names)}
        codes = np.array([places[text] for text in own], dtype=np.intp)
        return pd.Categorical.from_codes(codes, dtype=category_type(names), validate=False)
    codes, different = pd.factorize(pd.Series(texts).fillna(""))
    order = pc.sort_indices(pa.array(different)).to_numpy()  # in a fifth of Python's time
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    kind = category_type(different.take(order).tolist())
    return pd.Categorical.from_codes(place[codes], dtype=kind, validate=False)
