"""The words that stand in names of people and are no part of them, or may be left out; and the slips of
the pen that are none."""

#: Before a name, or beside it in a file: no part of it.
CIVILITIES = frozenset(
    (
        *("m", "mr", "mm", "mme", "mlle", "dr", "me", "pr", "monsieur", "madame", "mademoiselle"),
        *("mrs", "ms", "miss", "cllr", "councillor"),
    )
)
#: Before a name, no part of it; elsewhere the name itself: Jean Le Maître.
TITLES = CIVILITIES | {"docteur", "maitre", "professeur"}
#: Between two family names of one person, by birth or by marriage.
ALSO_NAMED = frozenset(("ne", "nee", "epouse", "epse", "ep", "veuve", "vve", "dit", "dite"))
#: Before a family name, written or left out, glued or not: de La Tour, La Tour, Latour.
PARTICLES = frozenset(("d", "de", "du", "des", "von", "van", "der", "den", "da", "dos", "di"))
#: What tells the name of a woman from that of a man at its end: Louise, Mario.
_ENDINGS = ({"", "e"}, {"o", "a"})


def differ_by_gender(one: str, other: str) -> bool:
    """Whether two words are the forms of one name for a woman and for a man, which is no slip."""
    stem = min(len(one), len(other)) - (len(one) == len(other))
    return one[:stem] == other[:stem] and {one[stem:], other[stem:]} in _ENDINGS
