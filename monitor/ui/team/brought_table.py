"""A table that somebody brings to a page: a file, or a sheet of one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from monitor.pacts import Pact


@dataclass(frozen=True)
class BroughtTable:
    """`pact_id`: the pact that it belongs to, "" where the log has it not yet; `pact`: as far as it is
    known. `content`: what the table is to hold. `sheet`: the one that is read, None where the page asks.
    `answers_under`: the places of the columns that hold answers each, None where their titles say."""

    pact_id: str
    pact: Pact | None
    content: str
    data: bytes
    sheet: str | None = None
    answers_under: Sequence[int] | None = None

    @property
    def is_beside_answers(self) -> bool:
        """Whether it is one of signatories, of which the answers are read as well."""
        return self.content == "signatories" and self.answers_under is not None

    @property
    def may_hold_answers(self) -> bool:
        """Whether a column of it may be the answers to a measure."""
        return self.content == "answers" or self.is_beside_answers

    @cached_property
    def key(self) -> str:
        """What its widgets are called after."""
        digest = hashlib.sha256(self.data).hexdigest()[:16]
        return f"_import_{self.pact_id}_{self.content}_{digest}_{self.sheet or ''}"
