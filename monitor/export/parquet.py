"""Tables as Parquet: typed columns, and what they are a view of once, beside them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

#: By the type of a column in the dictionary: that of Parquet, and how a cell that is text is read.
_TYPES: dict[str, tuple[pa.DataType, Callable]] = {
    "string": (pa.string(), str),
    "integer": (pa.int64(), int),
    "number": (pa.float64(), float),
    "boolean": (pa.bool_(), bool),
    "date": (pa.date32(), date.fromisoformat),
}


def parquet_parts(
    parts: Iterable[pd.DataFrame], types: Mapping[str, str], view: Mapping
) -> Iterator[bytes]:
    """The pieces of a Parquet file of a table that comes in parts, one at least.

    `types`: of each column, as the dictionary says it. `view` is in the metadata of the file, key by
    key, as text; what is empty is left out.
    """
    sink = _Sink()
    parts = iter(parts)
    first = next(parts)
    schema = pa.schema([(str(name), _TYPES[types[str(name)]][0]) for name in first])
    metadata = {name: _as_text(value) for name, value in view.items() if value is not None}
    with pq.ParquetWriter(sink, schema.with_metadata(metadata), compression="zstd") as writer:
        while True:
            writer.write_table(_typed(first, types, schema))
            yield sink.take()
            if (first := next(parts, None)) is None:
                break
    yield sink.take()


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _typed(part: pd.DataFrame, types: Mapping[str, str], schema: pa.Schema) -> pa.Table:
    filled = part.astype(object).where(part.notna(), None)
    columns = []
    for name in filled:
        kind, read = _TYPES[types[str(name)]]
        cells = (None if cell is None else read(cell) for cell in filled[name].tolist())
        columns.append(pa.array(cells, kind))
    return pa.Table.from_arrays(columns, schema=schema)


class _Sink:
    """A file that is only written, and whose bytes are taken away as they come."""

    closed = False

    def __init__(self):
        self._pieces: list[bytes] = []

    def write(self, piece) -> int:
        self._pieces.append(bytes(piece))
        return len(self._pieces[-1])

    def take(self) -> bytes:
        found, self._pieces = b"".join(self._pieces), []
        return found

    def flush(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True
