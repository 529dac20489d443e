"""A pact.toml to begin with: every key, and what it is for."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args

from monitor.export.fields import describe_column
from monitor.i18n import text
from monitor.intake.pact import OPTIONAL, REQUIRED
from monitor.intake.titles import TABLES_OF_PACT, TITLED, title_of

#: What a key looks like that has no value yet, by a type that it may have.
_SAMPLES = {date: "2030-12-31", bool: "true", list: "[]", str: '""'}


def pact_toml(
    keys: Mapping[str, object], offices: Sequence[Mapping[str, object]], lang: str
) -> str:
    """The file as text. A key without a value stands in it as a comment."""
    kinds = {**REQUIRED, **OPTIONAL}
    lines = [*_comment(text("pact_toml.intro", lang)), ""]
    for name in TITLED["pact"]:
        lines += _comment(describe_column("pact", name, lang))
        value = keys.get(name)
        if value is None:
            lines += [f"# {name} = {_sample(kinds[name])}", ""]
        else:
            lines += [f"{name} = {_value(value)}", ""]
    lines += _comment(text("pact_toml.offices", lang))
    for office in offices:
        lines += ["[[offices]]", *(f"{name} = {_value(each)}" for name, each in office.items()), ""]
    if not offices:
        lines += [*_commented_table("offices", lang), ""]
    lines += _comment(text("pact_toml.measures", lang))
    lines += _commented_table("measures", lang)
    return "\n".join(lines) + "\n"


def _commented_table(name: str, lang: str) -> list[str]:
    """A table of the pact to copy, each key with what it is."""
    needed, more = TABLES_OF_PACT[name]
    rows = (
        f"#   {column} = {_sample(kind)}  # {title_of(name, column, lang)}"
        for column, kind in {**needed, **more}.items()
    )
    return [f"#   [[{name}]]", *rows]


def _sample(kind) -> str:
    """A value of a type, or of the first of several."""
    kinds = get_args(kind) or (kind,)
    return next(sample for known, sample in _SAMPLES.items() if known in kinds)


def _comment(words: str) -> list[str]:
    return [f"# {line}" for line in words.splitlines()]


def _value(value: object) -> str:
    """A value as TOML writes it. JSON and TOML write texts and lists of them alike."""
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
