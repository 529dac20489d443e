"""The departments, regions and inter-municipal bodies of France, as rows of areas.csv: for whoever
begins a pact that is put to them."""

from collections.abc import Mapping, Sequence
from functools import cache

import pandas as pd

from monitor.areas import REFERENCE

#: By level: the columns of the reference that hold the code and the name of a place.
_COLUMNS = {
    "intercommunal": ("epci_siren", "epci_nom"),
    "department": ("departement", "departement_nom"),
    **dict.fromkeys(("region", "regional_list"), ("region", "region_nom")),
}
#: What places lie in, by the columns of areas.csv.
_AROUND = {
    "department_code": "departement",
    "department": "departement_nom",
    "region_code": "region",
    "region": "region_nom",
}
_PEOPLE = "population_2023"
#: Digits of the code of a region.
REGION = 2


@cache
def list_known_places(level: str) -> Sequence[Mapping[str, str]]:
    """The places of a level in the order of their codes, with their inhabitants and, where all of their
    communes lie in one, their department and region; none of a level that has no list."""
    if level not in _COLUMNS:
        return ()
    code, name = _COLUMNS[level]
    wanted = list(dict.fromkeys((code, name, *_AROUND.values(), _PEOPLE)))
    known = pd.read_csv(REFERENCE, usecols=wanted, dtype="str", keep_default_na=False)
    found = []
    # A collectivity overseas that is neither has a code of three digits for both.
    within = known[(known[code] != "") & (known["region"].str.len() == REGION)]
    for own, communes in within.groupby(code, sort=True):
        around = {
            column: communes[of].iat[0]
            for column, of in _AROUND.items()
            if communes[of].nunique() == 1
        }
        people = int(pd.to_numeric(communes[_PEOPLE]).sum())
        found.append(
            {
                "code": str(own),
                "name": communes[name].iat[0],
                **around,
                **({"population": str(people)} if people else {}),
            }
        )
    return tuple(found)
