"""A fictional pact of any size: invented people in real communes, with plausible careers and logs.

Everything is drawn from seeded generators, one for each signatory: the same seed gives the same facts on
any machine, whatever today is. Addresses are under `exemple.invalid`, a domain that cannot exist
(RFC 2606). Demonstration data: no figure in it says anything about a real commune.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import numpy as np
import pandas as pd

from monitor.demo.careers import Person, mandates_of, people
from monitor.demo.stories import actions_of, refused_actions_of
from monitor.demo.words import PACT
from monitor.pacts import Pact
from monitor.schema import Values

__all__ = ["Demo", "generate_demo"]

DEFAULT_ACTIONS = 10
REFUSED = 0.01


@dataclass(frozen=True)
class Demo:
    """Rows in the column order of the contract files; each iteration begins anew.

    `refused_actions` gives (row, the reviewer's reason) of actions that were never accepted.
    """

    pact: Pact
    seed: int
    people: tuple[Person, ...]
    quotas: np.ndarray
    refused: np.ndarray

    @property
    def signatories(self) -> Iterator[Values]:
        for person in self.people:
            yield person.signature

    @property
    def mandates(self) -> Iterator[Values]:
        for person in self.people:
            yield from mandates_of(person)

    @property
    def actions(self) -> Iterator[Values]:
        for person, quota in zip(self.people, self.quotas.tolist(), strict=True):
            if quota:
                rng = Random(f"{self.seed}/log/{person.number}")
                yield from actions_of(person, quota, rng)

    @property
    def refused_actions(self) -> Iterator[tuple[Values, str]]:
        for person, count in zip(self.people, self.refused.tolist(), strict=True):
            if count:
                rng = Random(f"{self.seed}/refused/{person.number}")
                yield from refused_actions_of(person, count, rng)


def generate_demo(signatories: int, actions: int | None, seed: int, communes: pd.DataFrame) -> Demo:
    """Exactly that many signatories, and `actions` actions (ten a signatory by default), with
    corrections, retractions and refused ones among them. `communes`: `areas.communes()`."""
    total = DEFAULT_ACTIONS * signatories if actions is None else actions
    refused = round(REFUSED * total)
    made = tuple(people(signatories, seed, communes))
    weights = np.array([person.attention for person in made])
    return Demo(
        pact=PACT,
        seed=seed,
        people=made,
        quotas=_spread(total - refused, weights),
        refused=_spread(refused, np.ones(len(made))),
    )


def _spread(total: int, weights: np.ndarray) -> np.ndarray:
    """Whole numbers proportional to the weights that add up to the total."""
    if not weights.sum():
        weights = np.ones(len(weights))
    limits = np.floor(np.cumsum(weights) / weights.sum() * total + 1e-9).astype(int)
    limits[-1] = total
    return np.diff(limits, prepend=0)
