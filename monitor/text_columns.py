"""How columns of texts are kept in memory: a few as Python has them, many as Arrow does."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

#: So few texts Python finds, tells apart and sorts in less time than pandas or Arrow take to begin.
FEW = 500
#: Each operation on texts costs Arrow several times as much as Python, however few they are; from so
#: many on, that Arrow keeps each in a third of the memory counts for more.
MANY = 5_000
_IN_PYTHON, _IN_ARROW = (pd.StringDtype(one, na_value=np.nan) for one in ("python", "pyarrow"))


def text_column(values: Sequence[str | None]) -> pd.api.extensions.ExtensionArray:
    """A column of texts, of which some may be missing."""
    if len(values) < MANY:
        return pd.array(values, dtype=_IN_PYTHON)
    # By way of pyarrow in half of the time that pandas takes by itself.
    return pd.array(pa.array(values, type=pa.large_string(), from_pandas=True), dtype=_IN_ARROW)


def keep_texts_in_python() -> None:
    """Columns that pandas makes by itself of texts are kept as Python has them, in this process: for
    programs, whose tables are pages long. Whoever imports the package keeps their own setting."""
    pd.set_option("mode.string_storage", "python")
