"""Whether two results hold the same, of the same types."""

from dataclasses import fields, is_dataclass

import numpy as np
import pandas as pd


def assert_same(one, other, path: str = "") -> None:
    """Two results hold the same, and of the same types."""
    if isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(
            one, other, obj=path, check_exact=True, check_column_type=True
        )
    elif isinstance(one, np.ndarray):
        assert one.dtype == other.dtype, path
        np.testing.assert_array_equal(one, other, path)
    elif is_dataclass(one) and not hasattr(one, "model_fields"):
        for field in fields(one):
            assert_same(
                getattr(one, field.name), getattr(other, field.name), f"{path}.{field.name}"
            )
    elif isinstance(one, dict):
        assert one.keys() == other.keys(), path
        for key, value in one.items():
            assert_same(value, other[key], f"{path}.{key}")
    elif isinstance(one, pd.Index):
        pd.testing.assert_index_equal(one, other)
    elif isinstance(one, tuple):
        for number, (mine, theirs) in enumerate(zip(one, other, strict=True)):
            assert_same(mine, theirs, f"{path}[{number}]")
    else:
        assert one == other, path
