"""A licence in words, and where its text is."""

from monitor.i18n import text

_TEXTS = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "etalab-2.0": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}


#: Those whose text is known here, by their SPDX names.
KNOWN_LICENCES = tuple(_TEXTS)


def licence_address(licence: str | None) -> str | None:
    """The address of the text of a licence by its SPDX name, None if it is not known here."""
    return _TEXTS.get(licence or "")


def licence_in_words(licence: str | None, lang: str) -> str:
    """The licence of a pact as a sentence says it: « licence CC-BY-4.0 »; « licence non précisée » where
    its pact.toml gives none."""
    return text("licence.named", lang, licence=licence) if licence else text("licence.none", lang)
