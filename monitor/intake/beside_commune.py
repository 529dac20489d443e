"""What a table says of communes in a column beside their names: the department, or a postcode."""

import re

#: « 93 - Seine-Saint-Denis », « Seine-Saint-Denis (93) »: a department with its code.
_CODE = re.compile(r"(?<![0-9A-Za-z])(97[0-9]|2[ABab]|[0-9]{2})(?![0-9A-Za-z])")
#: Digits of a department or a postcode whose zero a spreadsheet has taken away.
_WITHOUT_ZERO = (1, 4)


def add_department(commune: str, around: str) -> str:
    """The name of a commune with the department, or the postcode, that stands beside it, as one cell may
    have both; a name that has its own, or a code, as it is."""
    around = around.strip()
    if not commune or not around or re.search("[0-9]", commune):
        return commune
    if around.isdecimal() and len(around) in _WITHOUT_ZERO:
        around = f"0{around}"
    if not around.isdecimal() and (code := _CODE.search(around)):
        around = code[1]
    return f"{commune} ({around})"
