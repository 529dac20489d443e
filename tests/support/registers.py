"""Registers of mayors of a few invented lines."""

import io
from datetime import date

from monitor.matching.register import Register, read_register

HEADER = "insee,nom,prenom,sexe,date_debut_mandat,date_debut_fonction\n"
PARIS, LYON = "75056", "69123"


def register(rows: str, day: str, header: str = HEADER) -> Register:
    return read_register(io.BytesIO((header + rows).encode()), "r.csv", date.fromisoformat(day))
