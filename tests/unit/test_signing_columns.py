"""Nobody is a signatory by a cell that takes the signature back or leaves it open."""

import pytest

from monitor.intake.signing_columns import is_signature

CELLS = {
    **dict.fromkeys(
        ("oui", "Oui", "yes", "x", "X", "✔", "✅", "☑", "1", "vrai", "TRUE", "ok"), True
    ),
    **dict.fromkeys(("Signé", "Signée", "a signé", "signataire", "signed", "has signed"), True),
    **dict.fromkeys(("a signé le 3 mars", "Signé le 12/03/2026", "Signée le 1er mars 2026"), True),
    **dict.fromkeys(("signé en mars", "signed on 3 March 2026", "Signé 12.03.26"), True),
    **dict.fromkeys(
        ("", "non", "no", "0", "faux", "✗", "❌", "✘", "☐", "☒", "👎", "-", "*"), False
    ),
    **dict.fromkeys(("?", "Oui ?", "signé ?", "oui mais", "x (à confirmer)", "nsp", "n/a"), False),
    **dict.fromkeys(("Signé puis retiré", "signé le 3 mars, retiré le 5 mai"), False),
    **dict.fromkeys(("signed, then withdrew", "signé par erreur", "signé (à confirmer)"), False),
    **dict.fromkeys(
        ("signé mais sous réserve", "signataire pressenti", "Signature retirée"), False
    ),
    **dict.fromkeys(("non signé", "pas signé", "signature en attente", "à relancer"), False),
}


@pytest.mark.parametrize(("cell", "expected"), CELLS.items(), ids=CELLS)
def test_a_cell_says_that_somebody_signed_and_on_which_day_at_most(cell, expected):
    assert is_signature(cell) is expected
