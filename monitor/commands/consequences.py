"""What would become of the figures of a pact if some entries counted no more."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np
import pandas as pd

from monitor import indicators, status
from monitor.i18n import number, text
from monitor.log import FACT_COLUMNS, Actions, Log


@dataclass(frozen=True)
class Figures:
    """`answers`: those that are shown; `commitments`: all that are listed; `due`: those that bind on the
    day and are not without object; `entries`: those about a commitment that is listed."""

    signatories: int
    answers: int
    commitments: int
    due: int
    implemented: int
    entries: int


def changes_in_words(before: Figures, after: Figures, lang: str) -> list[str]:
    """« Signataires : 5 → 4 », a line each figure; of answers where the pact has some."""
    figures = {
        field.name: (getattr(before, field.name), getattr(after, field.name))
        for field in fields(Figures)
    }
    if not any(figures["answers"]):
        del figures["answers"]
    return [
        text(f"cli.figure_{name}", lang, before=number(was, lang), after=number(becomes, lang))
        for name, (was, becomes) in figures.items()
    ]


def consequences(log: Log, seqs: Sequence[int], day: date) -> tuple[Figures, Figures]:
    """The figures of a day as the log is, and as it would be without these entries, which may be
    versions of the rows of files, and actions."""
    return _figures(log, day), _figures(_without(log, np.array(list(seqs), dtype=np.int64)), day)


def _figures(log: Log, day: date) -> Figures:
    known = status.what_is_known(log)
    found = (
        indicators.indicator_table(status.fold(known, day)).iloc[0]
        if len(known.commitments)
        else None
    )
    listed = known.commitments["commitment"].to_numpy()
    entries = np.isin(log.actions.commitment, listed) & log.actions.mask_counted(None)
    return Figures(
        signatories=len(known.signatories),
        answers=len(known.answers),
        commitments=len(known.commitments),
        due=0 if found is None else int(found["due"]),
        implemented=0 if found is None else int(found["implemented"]),
        entries=int(np.count_nonzero(entries)),
    )


def _without(log: Log, seqs: np.ndarray) -> Log:
    def left(versions: pd.DataFrame) -> pd.DataFrame:
        gone = versions["seq"].isin(seqs)
        return versions.assign(withdrawn_at=versions["withdrawn_at"].mask(gone, 0))

    withdrawn = log.actions.withdrawn_at.copy()
    withdrawn[np.isin(log.actions.seq, seqs)] = 0
    columns = {one.name: getattr(log.actions, one.name) for one in fields(Actions)}
    return replace(
        log,
        signatories=left(log.signatories),
        mandates=left(log.mandates),
        **{file: left(getattr(log, file)) for file in FACT_COLUMNS},
        area_versions=left(log.area_versions),
        actions=Actions(**columns | {"withdrawn_at": withdrawn}),
    )
