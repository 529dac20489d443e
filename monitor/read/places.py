"""The places of a pact, and where somebody signed: made of a `PactState` for all its readers."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from monitor import areas
from monitor.models import AreaCodes
from monitor.read.cache import per_roll
from monitor.table_rows import find_texts

if TYPE_CHECKING:
    from monitor.read.pact_state import PactState


@per_roll
def place_names(state: "PactState") -> dict[str, dict[str, str]]:
    """Code -> name of the places where somebody signed, for "region" and "department"."""
    people = state.known.signatories
    names = {}
    for kind in ("region", "department"):
        pairs = people.drop_duplicates(f"{kind}_code")
        names[kind] = dict(zip(pairs[f"{kind}_code"], pairs[kind], strict=True))
    return names


@per_roll
def places_in_order(state: "PactState", kind: str, unknown: str) -> dict[str, str]:
    """Of `place_names`, those of a kind in the order of a French list; `unknown`: the words for those of
    whom nobody said which."""
    names = place_names(state)[kind].items()
    named = ((code, name or code or unknown) for code, name in names)
    return dict(sorted(named, key=lambda place: areas.sort_key(place[1])))


def has_departments(state: "PactState") -> bool:
    """Whether anybody signed in a department: nobody does in a pact of another country, or of places of
    its own."""
    return state.pact.areas is AreaCodes.INSEE and any(place_names(state)["department"])


@per_roll
def departments_by_region(state: "PactState") -> dict[str, list[str]]:
    """Code of a region -> those of its departments where somebody signed."""
    pairs = state.known.signatories[["region_code", "department_code"]].drop_duplicates()
    return pairs.groupby("region_code", observed=True)["department_code"].apply(list).to_dict()


@per_roll
def signed_areas(state: "PactState") -> pd.DataFrame:
    """The areas where somebody is publicly known to have signed, as in `Log.areas`."""
    known = state.known.signatories["commune"].array.categories
    return state.log.areas[find_texts(state.log.areas.index, known) >= 0]


@per_roll
def signed_area_keys(state: "PactState") -> np.ndarray:
    """The search keys of `signed_areas`."""
    return areas.search_keys_of(signed_areas(state))


@per_roll
def area_keys(state: "PactState") -> np.ndarray:
    """The search keys of every area of the pact, signed or not."""
    return areas.search_keys_of(state.log.areas)
