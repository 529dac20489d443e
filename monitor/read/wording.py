"""Which words fit a pact, and one of its signatories: not only the elected sign, nor only in communes.
Messages choose by both: `{signers:un élu|un signataire}`, see `i18n.CHOICES`."""

import pandas as pd

from monitor.i18n import Choice
from monitor.models import SignatoryKind

#: The choice of a signatory of whom nobody said whether it is a person, and no commune makes it one.
_ANY = len(SignatoryKind)
_OF_KIND = {kind.value: Choice(place) for place, kind in enumerate(SignatoryKind)}


def pact_wording(signatories: pd.DataFrame, communes: bool, answered: bool) -> dict[str, Choice]:
    """The choices of a pact: of its places, `communes` or others, of its signatories (`Roll`), and of
    how they commit: who `answered` measures signed nothing. Only people in communes are called elected
    officials."""
    people = communes and bool(signatories["kind"].isna().all())
    return {
        "signers": Choice(not people),
        "areas": Choice(not communes),
        "ends": Choice(signatories["withdrawn_on"].notna().any()),
        "vow": Choice(answered),
    }


def signatory_wording(kind: object, communes: bool) -> dict[str, Choice]:
    """The choice of a signatory of that kind, NaN or "" where nobody said so."""
    if pd.isna(kind) or not kind:
        return {"one": Choice(0 if communes else _ANY)}
    return {"one": _OF_KIND[str(kind)]}
