"""The parts of the site, as logs and figures name them: what stands after them in an address may be the
name of somebody, or what was looked for."""

from monitor.read.screens import ADDRESSES, LEGAL

#: What machines and open pages ask all the time.
OFTEN = ("healthz", "readyz", "tete", "metrics")
SITE_PARTS = frozenset(
    (
        *ADDRESSES,
        *LEGAL.values(),
        *OFTEN,
        "activation",
        "activation.js",
        "adresse.js",
        "api",
        "app",
        "auth",
        "carte",
        "comparer",
        "component",
        "connexion",
        "deconnexion",
        "depart.js",
        "ecran.js",
        "favicon.ico",
        "flux.atom",
        "graphique",
        "graphique.js",
        "heads.txt",
        "media",
        "mon-compte",
        "noms.js",
        "oauth2callback",
        "plotly.js",
        "robots.txt",
        "second-facteur",
        "sitemap.xml",
        "static",
        "suivi.js",
        "topo",
        "ville",
        "_stcore",
    )
)
OTHER = "other"


def site_part(path: str) -> str:
    """The part that a path is of: « /ville » of /ville/75056; `other` where there is no such part."""
    first = path.split("?")[0].lstrip("/").split("/")[0]
    return f"/{first}" if first in SITE_PARTS else OTHER
