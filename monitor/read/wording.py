"""Which words fit a pact, and one of its signatories: not only the elected sign, nor only in communes.
Messages choose by both: `{signers:un élu|un signataire}`, see `i18n.CHOICES`."""

import pandas as pd

from monitor.i18n import Choice
from monitor.models import SignatoryKind
from monitor.pacts import Pact

#: The choice of a signatory of whom nobody said whether it is a person, and no commune makes it one.
_ANY = len(SignatoryKind)
_OF_KIND = {kind.value: Choice(place) for place, kind in enumerate(SignatoryKind)}

#: The words of pages that are about no pact, where none is at hand either: they fit any.
ANY_PACT = {"signers": Choice(1), "areas": Choice(1)}


def pact_wording(
    pact: Pact, signatories: pd.DataFrame, communes: bool, answered: bool
) -> dict[str, Choice]:
    """The choices of a pact: of its places, `communes` or others, of its signatories (`Roll`), of how
    they commit (who `answered` measures signed nothing), and whether its measures have criteria. Only
    people in communes are called elected officials."""
    people = communes and bool(signatories["kind"].isna().all())
    return {
        "signers": Choice(not people),
        "areas": Choice(not communes, place_names(pact)),
        "ends": Choice(signatories["withdrawn_on"].notna().any()),
        "vow": Choice(answered),
        "committed": Choice(_who_committed(signatories) if answered else 0),
        "criteria": Choice(any(one.criterion_fr or one.criterion_en for one in pact.measures)),
    }


def _who_committed(signatories: pd.DataFrame) -> int:
    """The place of the noun for those who committed to measures: where all have a day of signature, they
    signed; where some have, or they are of several kinds, that of any."""
    signed = signatories["signed_on"].notna()
    if len(signed) and signed.all():
        return 0
    order, kinds = list(SignatoryKind), signatories["kind"].unique().tolist()
    found = {SignatoryKind(one) if isinstance(one, str) and one else order[0] for one in kinds}
    alone = len(found) == 1
    return 1 + (order.index(found.pop()) if alone else len(order))


def place_names(pact: Pact) -> dict[str, str]:
    """The nouns of messages for which the pact has words of its own. A plural that it does not give has
    an s."""
    found = {}
    for one, several, word, words in (
        ("lieu", "lieux", pact.place_fr, pact.places_fr),
        ("place", "places", pact.place_en, pact.places_en),
    ):
        if word:
            found |= {one: word, several: words or f"{word}s"}
    return found


def signatory_wording(kind: object, communes: bool) -> dict[str, Choice]:
    """The choice of a signatory of that kind, NaN or "" where nobody said so."""
    if pd.isna(kind) or not kind:
        return {"one": Choice(0 if communes else _ANY)}
    return {"one": _OF_KIND[str(kind)]}


def common_wording(signatories: pd.DataFrame, communes: bool) -> dict[str, Choice]:
    """The choice for what may be said of any of them: where they are not all of one kind, that of a
    signatory of whom nobody said which."""
    unsaid = SignatoryKind.PERSON.value if communes else ""
    kinds = {*signatories["kind"].fillna(unsaid).replace("", unsaid)}
    return signatory_wording(kinds.pop() if len(kinds) == 1 else "", communes=False)
