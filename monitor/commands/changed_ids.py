"""Ids that are about somebody or something else than they were: rows numbered by their place move so
when one is added above them."""

from dataclasses import dataclass, field
from typing import NamedTuple

from monitor.commands.files import columns_at
from monitor.intake.person_names import same_name, tokens_of
from monitor.schema import Values
from monitor.store import Session
from monitor.store.subjects import ABOUT_PEOPLE

#: Of an action: when, by which words, on which document.
_said_by = columns_at("actions", ("happened_on", "summary", "source_title", "source_url"))


#: What the log keeps of whoever has this id.
_KEPT = f"""
    {
    " UNION ALL ".join(
        f"SELECT 1 FROM {table} WHERE pact_id = :pact AND signatory_id = :signatory"
        for table in ABOUT_PEOPLE
    )
}
    UNION ALL
    SELECT 1 FROM commitment c JOIN action t ON t.commitment_id = c.id
    WHERE c.pact_id = :pact AND c.signatory_id = :signatory LIMIT 1
"""


class Move(NamedTuple):
    """`column`: the one that says whom or what a row is about; `code`: in what it differs from what
    the log has under the id; `before`: that. Not `sure`: it may be a correction as well."""

    column: str
    code: str
    before: str
    sure: bool = True


def change_of_id(content: str, before: Values, values: Values) -> Move | None:
    """What else the row of an id is about than the version before, None for the same."""
    if content == "signatories":
        if before.commune != values.commune:
            return Move("commune", "other_commune", f"{before.name} ({before.commune})")
        if not same_name(before.name or "", values.name or ""):
            return Move("name", "other_person", before.name or "")
    elif content == "actions":
        if before.signatory_id != values.signatory_id:
            return Move("signatory_id", "other_signatory", before.signatory_id)
        if before.measure != values.measure:
            return Move("measure", "other_measure", before.measure)
        pairs = zip(_said_by(before), _said_by(values), strict=True)
        if all(old != new for old, new in pairs if old or new):
            was = before.summary or before.source_title or before.happened_on
            return Move("happened_on", "other_fact", was, sure=False)
    elif content == "areas" and not set(tokens_of(before.name)) & set(tokens_of(values.name)):
        return Move("name", "other_area", before.name, sure=False)
    return None


def would_inherit(
    session: Session, pact_id: str, content: str, former: Values, values: Values
) -> bool:
    """Whether the row of a signatory gives an id to somebody else than it stood for, of whom the log
    keeps mandates, answers or entries: what was said of one person would be shown of another."""
    if content != "signatories" or change_of_id(content, former, values) is None:
        return False
    kept = session.rows(_KEPT, pact=pact_id, signatory=values.signatory_id)
    return bool(kept)


@dataclass
class Moves:
    """How many ids of a file the log knew, and how many of them are about another now."""

    known: int = 0
    found: list[Move] = field(default_factory=list)

    @property
    def are_row_numbers(self) -> bool:
        """Whether so many moved that the ids may be the numbers of rows: two at least, and half."""
        return len(self.found) >= 2 and 2 * len(self.found) >= self.known

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """What fills the sentence about them."""
        return (("moved", str(len(self.found))), ("known", str(self.known)))
