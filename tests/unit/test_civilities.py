"""What stands before the name of a person and is no part of it."""

import pytest

from monitor.intake.person_names import without_civility

#: A name -> (as it is published in a pact in French, in English).
NAMES = {
    "Mme ABRIAL Aline": ("ABRIAL Aline",) * 2,
    "M. Basile Brun": ("Basile Brun", "M. Basile Brun"),
    "M VALLORGE Jean-Luc": ("VALLORGE Jean-Luc", "M VALLORGE Jean-Luc"),
    "Mr Basile Brun": ("Basile Brun",) * 2,
    "Mme/M. PLANTEVIGNE": ("PLANTEVIGNE",) * 2,
    "Madame Chloé Cros": ("Chloé Cros",) * 2,
    "M. Brun": ("M. Brun",) * 2,
    "Marc Brun": ("Marc Brun",) * 2,
    "Mme": ("Mme",) * 2,
    "Mme X": ("Mme X",) * 2,
    "Dr Cros": ("Dr Cros",) * 2,
    "Aline M. Abrial": ("Aline M. Abrial",) * 2,
}


@pytest.mark.parametrize(("name", "read"), NAMES.items(), ids=NAMES)
def test_a_name_is_read_without_the_civility_before_it_and_never_without_an_initial(name, read):
    assert tuple(without_civility(name, lang) for lang in ("fr", "en")) == read
