"""Among whom a sample is drawn: what was due on the day of its plan, one line each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np
import pandas as pd

from monitor.analysis.sampling import allocate
from monitor.read.pact_state import PactState
from monitor.samples import SampleStratum
from monitor.sizes import SIZES

#: In place of a stratum: what is taken whole, for it was looked at lately or no look will change it.
FRESH = "fresh"
#: The one stratum of a plan that has none.
ALL = "all"
STRATA_IN_ORDER = (*SIZES, ALL)


@dataclass(frozen=True)
class Universe:
    """What was due on the day of a plan: one row a commitment, with signatory_id, measure, stratum
    (FRESH, or that of its official), size and region_code."""

    rows: pd.DataFrame

    @cached_property
    def is_whole(self) -> np.ndarray:
        """Whether each row is taken whole (bool)."""
        return (self.rows["stratum"] == FRESH).to_numpy(dtype=bool)

    @cached_property
    def people(self) -> tuple[pd.Index, np.ndarray]:
        """(the signatories, the place of that of each row among them)."""
        own, ids = pd.factorize(self.rows["signatory_id"])
        return pd.Index(ids), own

    def is_about(self, signatories: Sequence[str]) -> np.ndarray:
        """Whether each row is about one of these (bool)."""
        ids, own = self.people
        return ids.isin(signatories)[own]

    @property
    def lines(self) -> list[str]:
        """Stratum, signatory and measure of each row, tabs between, in the order of their bytes."""
        names = ("stratum", "signatory_id", "measure")
        columns = (self.rows[name].astype(str).tolist() for name in names)
        return sorted("\t".join(cells) for cells in zip(*columns, strict=True))

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of its lines, each with its end."""
        return sha256(text_of_lines(self.lines).encode()).hexdigest()

    @cached_property
    def officials(self) -> dict[str, list[str]]:
        """The signatories of each stratum, but for what is taken whole."""
        rest = self.rows[self.rows["stratum"] != FRESH]
        pairs = rest[["stratum", "signatory_id"]].drop_duplicates()
        return {
            str(stratum): sorted(group["signatory_id"])
            for stratum, group in sorted(
                pairs.groupby("stratum"), key=lambda pair: STRATA_IN_ORDER.index(pair[0])
            )
        }

    def count_whole(self) -> tuple[int, int]:
        """(officials, commitments) of what is taken whole."""
        whole = self.rows[self.rows["stratum"] == FRESH]
        return int(whole["signatory_id"].nunique()), len(whole)

    def allocate_officials(self, total: int) -> tuple[SampleStratum, ...]:
        """How many of each stratum are drawn, if `total` are in all."""
        sizes = {stratum: len(ids) for stratum, ids in self.officials.items()}
        commitments = self.rows["stratum"].value_counts()
        drawn = allocate(list(sizes.values()), total)
        return tuple(
            SampleStratum(stratum, size, int(commitments[stratum]), n)
            for (stratum, size), n in zip(sizes.items(), drawn, strict=True)
        )


def rows_known(state: PactState, universe: Universe) -> np.ndarray:
    """The row of each commitment of a universe in what is known, -1 for none."""
    measure = state.known.commitments["measure"].array
    people, own = universe.people
    person = state.rows_by_signatory[0].get_indexer(people)[own]
    column = measure.categories.get_indexer(universe.rows["measure"])
    width = len(measure.categories)
    # One behind the other by signatory, then by measure.
    keys = state.known.owner * width + measure.codes
    wanted = person * width + column
    at = np.searchsorted(keys, wanted)
    found = (person >= 0) & (column >= 0) & (at < len(keys))
    found[found] = keys[at[found]] == wanted[found]
    return np.where(found, at, -1)


def text_of_lines(lines: list[str]) -> str:
    """Lines as a file holds them."""
    return "".join(f"{line}\n" for line in lines)
