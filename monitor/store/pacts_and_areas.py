"""Pacts and areas as rows: written by the commands, read by them and by the snapshot."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

import pandas as pd

from monitor.areas import insee_areas
from monitor.errors import NotFound
from monitor.models import AreaCodes, Office
from monitor.pacts import PLACE_WORDS, Measure, OwnOffice, Pact
from monitor.schema import COLUMNS
from monitor.store.base import Session
from monitor.store.decisions import COUNTING_FILES
from monitor.store.subjects import LATER_OF_PACTS

PACT_COLUMNS = (
    "title, question, promoter, election, election_on, term_start, term_end, language, fictional, "
    f"binding_offices, licence, measures, {', '.join(LATER_OF_PACTS)}"
)
AREA_COLUMNS = ", ".join(COLUMNS["areas"])
#: The versions of pacts that count: one that is written in parts does so once all of them are there.
_COUNTING = f"""
    pact p JOIN entry e ON e.seq = p.seq WHERE e.load_seq IN ({COUNTING_FILES})"""
#: Keys of a measure that are written where they are empty too.
_ALWAYS = ("objective_en", "due_on")


def pact_to_row(pact: Pact) -> tuple:
    """The values of PACT_COLUMNS; the measures and the offices as JSON, dates in ISO 8601."""
    measures = [_measure_to_json(measure) for measure in pact.measures]
    return (
        pact.title,
        pact.question,
        pact.promoter,
        pact.election,
        _iso(pact.election_on),
        _iso(pact.term_start),
        _iso(pact.term_end),
        pact.language,
        int(pact.fictional),
        ";".join(pact.binding_offices) if pact.offices_said else "",
        pact.licence or "",
        _json(measures),
        _json([asdict(office) for office in pact.offices]) if pact.offices else None,
        pact.areas.value if pact.areas is not AreaCodes.INSEE else None,
        _json(words) if (words := _place_words(pact)) else None,
    )


def pact_from_row(pact_id: str, row: Sequence) -> Pact:
    """The inverse of `pact_to_row`. A row that says no binding office has the default one: nothing
    could be folded without."""
    (
        title,
        question,
        promoter,
        election,
        election_on,
        term_start,
        term_end,
        language,
        fictional,
        offices,
        licence,
        measures,
        own_offices,
        area_codes,
        place_words,
    ) = row
    return Pact(
        id=pact_id,
        title=title,
        question=question,
        promoter=promoter,
        election=election,
        election_on=date.fromisoformat(election_on),
        term_start=date.fromisoformat(term_start),
        term_end=date.fromisoformat(term_end) if term_end else None,
        language=language,
        fictional=bool(fictional),
        binding_offices=tuple((offices or Office.MAYOR).split(";")),
        offices_said=bool(offices),
        licence=licence or None,
        measures=tuple(Measure(**values) for values in json.loads(measures)),
        offices=tuple(OwnOffice(**values) for values in json.loads(own_offices or "[]")),
        areas=AreaCodes(area_codes or AreaCodes.INSEE),
        **json.loads(place_words or "{}"),
    )


def _place_words(pact: Pact) -> dict[str, str]:
    """What a place is called, of what the pact says of it, as its file does."""
    words = {name: getattr(pact, name) for name in PLACE_WORDS}
    return {name: word for name, word in words.items() if word}


def current_pact(session: Session, pact_id: str) -> tuple[int, Pact] | None:
    """(revision, pact) as last recorded, None if there is no such pact."""
    rows = session.rows(
        f"SELECT rev, {PACT_COLUMNS} FROM {_COUNTING} AND p.pact_id = :pact "
        "ORDER BY rev DESC LIMIT 1",
        pact=pact_id,
    )
    return (rows[0][0], pact_from_row(pact_id, rows[0][1:])) if rows else None


def last_revision(session: Session, pact_id: str) -> int:
    """The revision of the last version, whether it counts or not; 0 before the first."""
    sql = "SELECT coalesce(max(rev), 0) FROM pact WHERE pact_id = :pact"
    return session.rows(sql, pact=pact_id)[0][0]


def list_pacts(session: Session) -> list[str]:
    """The ids of the pacts, in the order in which they were loaded."""
    sql = f"SELECT p.pact_id FROM {_COUNTING} GROUP BY p.pact_id ORDER BY min(p.seq)"
    return [pact_id for (pact_id,) in session.rows(sql)]


def list_levels(session: Session, but: str) -> list[str]:
    """The levels of the offices that other pacts than `but` name, each once."""
    rows = session.rows(
        f"SELECT p.pact_id, p.offices FROM {_COUNTING} AND p.pact_id <> :but ORDER BY p.seq",
        but=but,
    )
    offices = dict(rows).values()  # of the last version of each
    levels = (office.get("level") for listed in offices for office in json.loads(listed or "[]"))
    return list(dict.fromkeys(filter(None, levels)))


def unknown_pact(pact_id: str, known: Iterable[str]) -> NotFound:
    """The error for an id that no pact has, with those that there are."""
    return NotFound("unknown_pact", value=pact_id, known=", ".join(known) or "–")


def base_areas(pact: Pact) -> pd.DataFrame:
    """The areas that are known before the pact brings its own: those of the reference; none where the
    codes are its own, of which one may be that of a commune by chance."""
    known = insee_areas()
    return known if pact.areas is AreaCodes.INSEE else known.head(0)


def with_areas(areas: pd.DataFrame, rows: Sequence[tuple]) -> pd.DataFrame:
    """`areas` (index = code) with these rows of AREA_COLUMNS in the place of the same codes."""
    if not rows:
        return areas
    more = pd.DataFrame(rows, columns=AREA_COLUMNS.split(", ")).set_index("code")
    more = more[~more.index.duplicated(keep="last")][list(areas.columns)].astype(areas.dtypes)
    return pd.concat([areas[~areas.index.isin(more.index)], more])


def _measure_to_json(measure: Measure) -> dict[str, str | None]:
    """What a measure does not say is left out, but for the keys that every measure had from the start:
    the row of an old pact stays as it was."""
    return {
        name: value
        for name, value in asdict(measure).items()
        if value is not None or name in _ALWAYS
    }


def _json(values: list[dict] | dict[str, str]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
