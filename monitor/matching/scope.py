"""Of which signatories a register of mayors can say anything."""

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
    known = people[people["commune"].astype("str").isin(_communes(own_areas))]
    if known.empty:
        raise MonitorError("register_places", pact=pact.title)
    wanted = known[["signatory_id", "name", "commune"]].astype("str")
    return [Signatory(*row) for row in wanted.itertuples(index=False, name=None)]


def _communes(own_areas: pd.DataFrame) -> frozenset[str]:
    """The codes of the reference, but for those by which the pact means another place."""
    names = areas.communes()["name"]
    others = {
        code
        for code, name in zip(own_areas["code"], own_areas["name"], strict=True)
        if code in names.index and areas.search_key(names[code]) != areas.search_key(name)
    }
    return frozenset(names.index) - others
