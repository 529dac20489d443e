"""What the name of a signatory says that it is: « Liste Rennes en commun », « Parti pirate », “Leeds
City Council”. Nobody is called so, and a sentence would say “this person” of each."""

import re
from collections.abc import Iterable, Sequence

from monitor.areas import search_key
from monitor.intake.beside import says_residence
from monitor.models import SignatoryKind

#: A quotation, or a colon, between « List » and what it is called: Friedrich List is somebody.
_QUOTED_LIST = re.compile(r"\s*(?:list|ticket)\s*[:«“\"‘'–-]\s*\w", re.IGNORECASE)
#: What parts a person from where they are: “Ann Day, Leeds City Council”, « Mairie de Lyon - A. Roux ».
_PARTED = re.compile(r"[,;()/|\n]|\s[–—-]\s")
#: As search keys. « Parti » and « liste » are no first names, and « Party » and « Council » no surnames.
_NAMES = {
    SignatoryKind.LIST: re.compile(r"(?:la )?(?:liste|binome) \w.*|the (?:\w+ )+list"),
    SignatoryKind.PARTY: re.compile(r"(?:le )?parti \w.*|(?:the )?(?:\w+ )+party(?: of \w.*)?"),
    SignatoryKind.BODY: re.compile(
        r"(?:le )?conseil (?:municipal|departemental|regional|communautaire|metropolitain|general"
        r"|de paris|de la metropole|de l eurometropole|economique)\b.*"
        r"|(?:la )?(?:mairie|ville|commune|metropole|region|communaute de communes|universite"
        r"|communaute d agglomeration|communaute urbaine|collectivite|prefecture) (?:de|d|du|des) \w.*"
        r"|(?:le )?departement (?:de|d|du|des) \w.*|collectivite europeenne \w.*"
        r"|(?!(?:cllr|councillor|mayor|mr|mrs|ms|dr) )(?:\w+ )+council(?: of \w.*)?|council of \w.*"
        r"|(?:city|town|borough|county) of \w.*|(?:\w+ )+(?:combined|local) authority"
    ),
}
#: What governs a place, and is none.
_GOVERNING = re.compile(r"(?:.* )?(?:conseil|council|mairie|authority)\b.*")
_LONGEST = 120


def kind_of_name(name: str) -> SignatoryKind | None:
    """What a name says that whoever has it is, if not a person; None where it says nothing."""
    if len(name) > _LONGEST:
        return None
    if _QUOTED_LIST.match(name):
        return SignatoryKind.LIST
    if _PARTED.search(name):
        return None
    key = search_key(name)
    return next((kind for kind, names in _NAMES.items() if names.fullmatch(key)), None)


def place_bodies(
    meant: Sequence[str | None], titles: Sequence[str], rows: Iterable[Sequence[str]]
) -> bool:
    """Whether the places of a table, whose columns are `meant` so, are councils by most of their names:
    « Parti » beside them is who governs there, and not who signed."""
    places = [
        n
        for n, name in enumerate(meant)
        if name == "commune" or (name is None and says_residence(titles[n]))
    ]
    if len(places) != 1:
        return False
    filled = [cell for row in rows for cell in row[places[0] : places[0] + 1] if cell.strip()]
    governing = sum(
        _GOVERNING.fullmatch(search_key(cell[:_LONGEST])) is not None for cell in filled
    )
    return 2 * governing > len(filled)
