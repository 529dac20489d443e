"""Of which signatories a register of mayors can say anything."""

from collections.abc import Iterable

import pandas as pd

from monitor import areas
from monitor.errors import MonitorError
from monitor.matching.matches import Signatory
from monitor.models import Office, SignatoryKind
from monitor.pacts import Pact


def list_matchable(
    pact: Pact, signatories: pd.DataFrame, own_areas: pd.DataFrame
) -> list[Signatory]:
    """The people among the signatories, in their order, who signed in a commune that a register knows.
    `signatories`, `own_areas`: as `Roll` has them.

    Raises MonitorError: `no_signatory`; of a register of mayors that does not fit, `register_office`
    (the pact is not put to mayors), `register_people` (nobody who signed is a person),
    `register_places` (no commune is one of the reference).
    """
    if signatories.empty:
        raise MonitorError("no_signatory", pact=pact.id)
    if Office.MAYOR not in pact.binding_offices:
        raise MonitorError("register_office", pact=pact.title)
    people = signatories[signatories["kind"].isna() | (signatories["kind"] == SignatoryKind.PERSON)]
    if people.empty:
        raise MonitorError("register_people", pact=pact.title)
    codes, names = people["commune"].astype("str"), areas.communes()["name"]
    # `isin` would look at each of the 35,000 codes of the reference.
    in_reference = names.index.get_indexer(codes) >= 0
    known = people[in_reference & ~codes.isin(_other_places(own_areas, names)).to_numpy()]
    if known.empty:
        raise MonitorError("register_places", pact=pact.title)
    wanted = (known[one].astype("str").tolist() for one in ("signatory_id", "name", "commune"))
    return list(map(Signatory, *wanted))


def names_outside(signatories: pd.DataFrame, inside: Iterable[Signatory]) -> list[str]:
    """The names of the other signatories, of whom a register says nothing. `inside`: those of
    `list_matchable`."""
    ids = [one.id for one in inside]
    return signatories.loc[~signatories["signatory_id"].isin(ids), "name"].tolist()


def _other_places(own_areas: pd.DataFrame, names: pd.Series) -> set[str]:
    """The codes of the reference by which the pact means another place."""
    return {
        code
        for code, name in zip(own_areas["code"], own_areas["name"], strict=True)
        if code in names.index and areas.search_key(names[code]) != areas.search_key(name)
    }
