"""Passwords that somebody who guesses tries first: NIST SP 800-63B-4, 3.1.1.2 asks for a blocklist of
common, expected and compromised ones, and of words of the service and of the person.

The lists of common passwords, names and keyboards are zxcvbn's (MIT; https://pypi.org/project/zxcvbn,
"zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016). It finds them repeated, with
digits around or letters exchanged as well. What the French type first is ours.
"""

import unicodedata
from functools import cache

from monitor.i18n import LANGUAGES, text

#: As many guesses as follow from a few words of the lists: a sentence of four words takes 10^14 or more.
LEAST_GUESSES = 10**10
#: What is judged: the rest of a longer one only adds to it, and the search is not linear.
JUDGED = 40
FRENCH = """
    motdepasse azerty azertyuiop qsdfghjklm wxcvbn azertyuiopqsdfghjklmwxcvbn 1234azerty bonjour
    bonsoir salut coucou soleil doudou chouchou loulou jetaime amour cheri cherie coeur bisous chocolat
    princesse papillon nounours marseille paris lyon toulouse bordeaux nantes france allezlesbleus
    psg om vacances maison famille enfants papa maman bebe minou chaton licorne etoile secret
    administrateur administratrice admin utilisateur benevole relecteur relectrice connexion compte
    mairie maire commune communes ville villes pacte mesure mesures engagement engagements monitor
    moniteur suivi association collectif citoyen citoyenne elu elus elections municipales changezmoi
    nouveaumotdepasse motdepasseoublie janvier fevrier mars avril mai juin juillet aout septembre
    octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche printemps ete automne
    hiver liberte egalite fraternite republique
"""


def is_common(password: str, *own: str) -> bool:
    """Whether it is made of what is tried first, of the site's name, or of `own`: the person's names."""
    bare = _bare(password)
    words = [word for name in own for word in _words_of(name)]
    known = [*words, *_ours()]
    forms = {bare[:JUDGED], "".join(c for c in bare if c.isalnum())[:JUDGED]} - {""}
    return not forms or any(_guesses(form, known) < LEAST_GUESSES for form in forms)


def _guesses(form: str, known: list[str]) -> float:
    from zxcvbn import zxcvbn  # its lists take as long to read as all else here

    return float(zxcvbn(form, user_inputs=known)["guesses"])


def _bare(words: str) -> str:
    """Without case and accents."""
    spread = unicodedata.normalize("NFKD", words.casefold())
    return "".join(c for c in spread if not unicodedata.combining(c))


def _words_of(name: str) -> list[str]:
    """A name as a whole, and each of its words of three letters or more."""
    bare = _bare(name)
    parts = "".join(c if c.isalnum() else " " for c in bare).split()
    return [one for one in ("".join(parts), bare, *parts) if len(one) > 2]


@cache
def _ours() -> list[str]:
    return [
        *(word for lang in LANGUAGES for word in _words_of(text("app.title", lang))),
        *FRENCH.split(),
    ]
