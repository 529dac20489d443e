"""A number in a cell: kept as text, with a decimal point; a whole one as its digits alone, without the
unit of its column."""

import re
from decimal import Decimal, InvalidOperation

from monitor.schema import Field, Type, plain_whole

#: What stands for no bound.
LARGEST = 10**10
#: How people write the unit of a column behind a number of it.
_UNITS = {
    "EUR": r"€|euros?|eur",
    "inhabitant": r"hab\.?|habitants?|inhabitants?",
    "degree": "°",
}
#: « 68 000 000 », « 3’456 », “68,000,000”: thousands that are parted by what parts nothing else.
_GROUPED = re.compile(
    r"-?[0-9]{1,3}(?:(?:[ \u00a0\u202f'’][0-9]{3})+(?:[.,][0-9]+)?|(?:,[0-9]{3}){2,})"
)


def check_number(
    text: str, field: Field, lang: str = ""
) -> tuple[str, str | None, tuple[tuple[str, str], ...]]:
    """(the number as the log takes it; code of what is wrong; what fills its sentence). `lang`: that of
    the pact; in English a comma parts thousands."""
    text = _strip_unit(text, _UNITS.get(field.unit or "", ""))
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[\s'’]", "", text)
        text = text.replace(",", "") if text.count(",") > 1 else text
    lowest = -LARGEST if field.low is None else field.low
    highest = LARGEST if field.high is None else field.high
    if not re.fullmatch(r"-?[0-9]+([.,][0-9]+)?", text) or not (
        lowest <= float(text.replace(",", ".")) <= highest
    ):
        wanted = _plain_number(text, lowest, highest)
        bounds = (("lowest", str(lowest)), ("highest", str(highest)), ("wanted", wanted))
        return text, "not_a_number", bounds
    if field.type is not Type.WHOLE:
        return text.replace(",", "."), None, ()
    if re.fullmatch(r"-?[0-9]+([.,]0{1,2})?", text):
        return plain_whole(text), None, ()
    if re.fullmatch(r"-?[0-9]{1,3}[.,][0-9]{3}", text):
        if "," in text and lang == "en":
            return text.replace(",", ""), None, ()
        return text, "not_whole", (("wanted", re.sub("[.,]", "", text)),)
    return text, "has_decimals", ()


def _strip_unit(text: str, units: str) -> str:
    return re.sub(rf"(?i)(?<=[0-9])\s*(?:{units})$", "", text) if units else text


def _plain_number(text: str, lowest: float, highest: float) -> str:
    """The number that a text may mean, as it has to be written; else an example."""
    bare = re.sub(r"\s", "", _strip_unit(text, "|".join(_UNITS.values())))
    bare = re.sub(r"[.,]0{1,2}$", "", bare)
    try:
        number = Decimal("NaN" if re.search(r"[.,][0-9]{3}$", bare) else bare)
        if (
            number.is_finite()
            and number == number.to_integral_value()
            and lowest <= number <= highest
        ):
            return str(int(number))
    except InvalidOperation:
        pass
    return "84090" if highest > 180 else "45.76"
