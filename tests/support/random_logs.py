"""Whole random logs, small and rich, as plain rows; and the same log as columns."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random

import pandas as pd

from monitor.commands.mandates import surely_overlap
from monitor.log import (
    AREA_COLUMNS,
    FACT_COLUMNS,
    MANDATE_COLUMNS,
    NEVER,
    SIGNATORY_COLUMNS,
    TIMES,
    Actions,
    Log,
    microseconds_of,
)
from monitor.models import WRITABLE, Office
from monitor.pacts import Measure, Pact
from monitor.snapshot.rows import table_from_rows

AREAS = pd.DataFrame(
    {
        "name": ["Un", "Deux"],
        "department_code": ["01", "02"],
        "department": ["Ain", "Aisne"],
        "region_code": ["84", "32"],
        "region": ["A", "B"],
        "epci": ["", ""],
        "population": [500, 20_000],
        "latitude": [0.0, 0.0],
        "longitude": [0.0, 0.0],
    },
    index=pd.Index(["c1", "c2"], name="code"),
)
START = date(2014, 3, 30)
TERM_END = date(2020, 7, 5)
CLOCK = datetime(2014, 4, 1, tzinfo=UTC)
WITHDRAWN_ON = (*(None,) * 6, "2014-04", "2016-04-05", "2017", "2019-01-01", "2020-07-06")


def measure(name: str, due_on: str | None = None) -> Measure:
    return Measure(
        id=name,
        objective="o",
        wording="w",
        title_fr="t",
        title_en="t",
        criterion_fr="c",
        criterion_en="c",
        due_on=due_on,
    )


PACT = Pact(
    id="p",
    title="P",
    promoter="x",
    election="e",
    election_on=START,
    term_start=START,
    term_end=TERM_END,
    language="fr",
    fictional=True,
    measures=(measure("1"), measure("2", "2017-01-01")),
)


@dataclass(frozen=True)
class World:
    """Rows as the contract names them, each with `seq`, `recorded_at`, `accepted_at` (None:
    pending or refused) and `withdrawn_at` (with its file; None: not); actions also have `first`
    (seq of version 1) and `supersedes` (the `first` of the target, or None).

    `later`: the versions of the pact after the first, each with the time of its recording. `areas`:
    those of the pact itself; where it has none of a code, AREAS. `retractions`: what was taken back
    alone, as KEYS_OF names it with `kind`, `recorded_at`, `seq` and `target` (the seq of a version)."""

    pact: Pact = PACT
    later: tuple[tuple[datetime, Pact], ...] = ()
    areas: tuple[dict, ...] = ()
    signatories: tuple[dict, ...] = ()
    mandates: tuple[dict, ...] = ()
    answers: tuple[dict, ...] = ()
    details: tuple[dict, ...] = ()
    sources: tuple[dict, ...] = ()
    actions: tuple[dict, ...] = ()
    retractions: tuple[dict, ...] = ()
    notes: dict = field(default_factory=dict, compare=False)

    def but(self, **parts) -> "World":
        return replace(self, **parts)


#: What identifies a row that can be retracted alone, written from the rules.
ROW_KEYS = {
    "signatories": ("signatory_id",),
    "mandates": ("signatory_id", "office", "started_on"),
}


def with_retractions(world: World, rng: Random) -> World:
    """The world with up to three retractions of signatories and mandates, each of the version that
    counts at that time; a key can be loaded again, and retracted again."""
    kinds = [kind for kind in ROW_KEYS if getattr(world, kind)]
    until = max(row["recorded_at"] for row in (*world.signatories, *world.mandates, *world.actions))
    found: list[dict] = []
    for _ in range(rng.randrange(1, 4)):
        kind = rng.choice(kinds)
        row = rng.choice(getattr(world, kind))
        at = row["recorded_at"] + (until - row["recorded_at"]) * rng.random() + timedelta(seconds=1)
        if any(abs(one["recorded_at"] - at) < timedelta(minutes=1) for one in found):
            continue
        then = world.but(retractions=tuple(found))
        counting = [
            one
            for one in getattr(taken_back(then), kind)
            if _same(kind, one, row)
            and one["recorded_at"] < at
            and one["accepted_at"]
            and one["accepted_at"] < at
            and (one["withdrawn_at"] is None or one["withdrawn_at"] > at)
        ]
        # In a random order: a later one may already be there, and would take what this one takes.
        later = [one for one in found if one["recorded_at"] > at]
        if counting and not later:
            target = max(counting, key=lambda one: one["seq"])
            found.append(
                {
                    "seq": 10_000 + len(found),
                    "kind": kind,
                    "recorded_at": at,
                    "target": target["seq"],
                }
            )
    return world.but(retractions=tuple(found))


def taken_back(world: World) -> World:
    """The same world as its rows say it: every version of a retracted key that the log held by then
    counts no more from then on, whether it was accepted or waited."""
    parts = {}
    for kind in ROW_KEYS:
        rows = getattr(world, kind)
        by_seq = {row["seq"]: row for row in rows}
        parts[kind] = tuple(
            row
            | {
                "withdrawn_at": min(
                    [
                        time
                        for time in (
                            row["withdrawn_at"],
                            *(
                                one["recorded_at"]
                                for one in world.retractions
                                if one["kind"] == kind
                                and _same(kind, row, by_seq[one["target"]])
                                and row["recorded_at"] < one["recorded_at"]
                            ),
                        )
                        if time
                    ],
                    default=None,
                )
            }
            for row in rows
        )
    return world.but(**parts)


def _same(kind: str, one: dict, other: dict) -> bool:
    return all(one[name] == other[name] for name in ROW_KEYS[kind])


def signatory(seq: int, name: str = "s1", **values) -> dict:
    return {
        "seq": seq,
        "recorded_at": CLOCK,
        "accepted_at": CLOCK,
        "withdrawn_at": None,
        "signatory_id": name,
        "name": name,
        "commune": "c1",
        "signed_on": None,
        "list": None,
        "outcome": "elected",
        "due_on": None,
        "measures": None,
        "source_url": None,
        "kind": None,
        "withdrawn_on": None,
        "person_id": None,
        **values,
    }


def mandate(seq: int, name: str = "s1", **values) -> dict:
    return {
        "seq": seq,
        "recorded_at": CLOCK,
        "accepted_at": CLOCK,
        "withdrawn_at": None,
        "signatory_id": name,
        "office": "mayor",
        "started_on": "2014-04-05",
        "ended_on": None,
        "end_reason": None,
        "source_url": None,
        **values,
    }


def action(seq: int, happened_on: str = "2015-05-05", status: str | None = "decided", **values):
    recorded_at = values.pop("recorded_at", datetime(2021, 1, 1, tzinfo=UTC) + timedelta(hours=seq))
    return {
        "seq": seq,
        "first": seq,
        "signatory_id": "s1",
        "measure": "1",
        "kind": "assessment" if status else "note",
        "status": status,
        "happened_on": happened_on,
        "supersedes": None,
        "recorded_at": recorded_at,
        "accepted_at": recorded_at,
        "withdrawn_at": None,
        **values,
    }


def area(seq: int, code: str = "c1", **values) -> dict:
    return {
        "seq": seq,
        "recorded_at": CLOCK,
        "accepted_at": CLOCK,
        "withdrawn_at": None,
        "code": code,
        **AREAS.loc["c1"].to_dict(),
        "epci": None,
        **values,
    }


def log_of(world: World) -> Log:
    """The same log as the columns that the fold reads."""
    signatories = _table(world.signatories, SIGNATORY_COLUMNS)
    pairs = [
        (name, measure.id)
        for name in dict.fromkeys(signatories["signatory_id"])
        for measure in world.pact.measures
    ]
    numbers = {pair: number for number, pair in enumerate(pairs, start=1)}
    rows = sorted(world.actions, key=lambda row: row["seq"])
    versions = _table(world.areas, AREA_COLUMNS)
    areas = AREAS
    if len(versions):
        counted = (versions["accepted_at"] < NEVER) & (versions["withdrawn_at"] == NEVER)
        own = versions[counted].drop_duplicates("code", keep="last").set_index("code")
        others = AREAS[~AREAS.index.isin(versions["code"])]
        areas = pd.concat([others, own[list(AREAS.columns)]])
    return Log(
        pacts=((0, world.pact), *((microseconds_of(at), pact) for at, pact in world.later)),
        signatories=signatories,
        mandates=_table(world.mandates, MANDATE_COLUMNS),
        **{file: _table(getattr(world, file), names) for file, names in FACT_COLUMNS.items()},
        commitments=pd.DataFrame(
            pairs, columns=["signatory_id", "measure"], index=pd.Index(numbers.values(), name="id")
        ),
        actions=Actions.of(
            [row["seq"] for row in rows],
            [microseconds_of(row["recorded_at"]) for row in rows],
            [_time(row["accepted_at"]) for row in rows],
            [_time(row["withdrawn_at"]) for row in rows],
            [numbers[row["signatory_id"], row["measure"]] for row in rows],
            *(
                [row[name] for row in rows]
                for name in ("kind", "status", "happened_on", "first", "supersedes")
            ),
        ),
        areas=areas,
        area_versions=versions,
    )


def _table(rows, columns) -> pd.DataFrame:
    if not rows:
        return _empty_table(columns)
    return table_from_rows(
        [
            tuple(_time(row[name]) if name in TIMES else row[name] for name in columns)
            for row in sorted(rows, key=lambda row: row["seq"])
        ],
        columns,
    )


@cache
def _empty_table(columns) -> pd.DataFrame:
    return table_from_rows([], columns)


def _time(moment: datetime | None) -> int:
    return microseconds_of(moment) if moment else NEVER


def random_world(seed: int, lawful: bool = False) -> World:
    """Up to three signatories with versions and careers, and up to twenty-five entries.

    `lawful`: only what a file may bring, where a log of an older version may hold more: nobody holds
    an office twice at once, and what supersedes an entry is about the same commitment. It has no
    answers.
    """
    rng = Random(seed)
    taken_back_on = Random(f"withdrawals/{seed}")
    clock, seq = CLOCK, 0

    def tick() -> tuple[int, datetime]:
        nonlocal clock, seq
        seq += 1
        clock += timedelta(days=rng.randrange(0, 200), hours=rng.randrange(24))
        return seq, clock

    signatories, mandates, actions = [], [], []
    names = [f"s{n}" for n in range(rng.randrange(1, 4))]
    for name in names:
        for _ in range(rng.choice((1, 1, 2))):
            number, at = tick()
            signatories.append(
                signatory(
                    number,
                    name,
                    **_times(rng, at),
                    commune=rng.choice(("c1", "c2", "x1", "x2")),
                    outcome=rng.choice(("elected", "elected", "elected", "defeated", "unknown")),
                    kind=(None, None, "body")[len(signatories) % 3],
                    due_on=rng.choice((None, None, "2016-04-05", "2020-07-05", "2018", "2023-02")),
                    measures=rng.choice((None, None, "1", "2;1")),
                    signed_on=rng.choice(
                        (None, None, "2014-03", "2014-04-05", "2015", "2016-04-05", "2018-05")
                    ),
                    # A database takes no signature that is withdrawn after it is recorded.
                    withdrawn_on=None if lawful else taken_back_on.choice(WITHDRAWN_ON),
                )
            )
        for _ in range(rng.randrange(3)):
            number, at = tick()
            mandates.append(_mandate(rng, number, at, name))
    clock = max(clock, datetime(2015, 1, 1, tzinfo=UTC))
    for _ in range(rng.randrange(26)):
        number, at = tick()
        actions.append(_action(rng, number, at, names, actions, lawful))
    if lawful:
        mandates = _apart(mandates)
    first, later = _pacts(Random(f"pacts/{seed}"), clock)
    return World(
        pact=first,
        later=later,
        areas=_areas(Random(f"areas/{seed}"), seq, clock),
        signatories=tuple(signatories),
        mandates=tuple(mandates),
        answers=() if lawful else _answers(Random(f"answers/{seed}"), seq + 10, clock, names),
        actions=tuple(actions),
    )


def _pacts(rng: Random, until: datetime) -> tuple[Pact, tuple[tuple[datetime, Pact], ...]]:
    """One or two offices that bind; up to two later versions, which bind others or are due on others."""
    both, ends = (Office.MAYOR, Office.DEPUTY_MAYOR), Random(rng.random())

    def version(due_on: str | None) -> Pact:
        offices = rng.choice((both[:1], both[:1], both, both[::-1]))
        measures = (measure("1"), measure("2", due_on))
        offices_said = offices != both[:1] or rng.random() < 0.8
        term_end = ends.choice((TERM_END, TERM_END, TERM_END, date(2018, 5, 18), None))
        return replace(
            PACT,
            binding_offices=offices,
            offices_said=offices_said,
            measures=measures,
            term_end=term_end,
        )

    times = sorted(_between(rng, until) for _ in range(rng.choice((0, 0, 1, 2))))
    due = ("2017-01-01", "2018-07", "2016", "2025-06-01", None)
    return version(due[0]), tuple((at, version(rng.choice(due))) for at in times)


def _areas(rng: Random, seq: int, until: datetime) -> tuple[dict, ...]:
    """Up to four versions of areas that are known by them alone."""
    times = sorted(_between(rng, until) for _ in range(rng.choice((0, 0, 1, 2, 4))))
    return tuple(
        area(
            seq + number,
            rng.choice(("x1", "x2")),
            **_times(rng, at),
            name=rng.choice(("Un", "Uns", "Deux")),
            department_code=rng.choice(("01", "02", None)),
            population=rng.choice((500, 20_000, 150_000, None)),
        )
        for number, at in enumerate(times, start=1)
    )


def answer(seq: int, name: str = "s1", measure: str = "1", **values) -> dict:
    return {
        "seq": seq,
        "recorded_at": CLOCK,
        "accepted_at": CLOCK,
        "withdrawn_at": None,
        "signatory_id": name,
        "measure": measure,
        "answer": "yes",
        "answered_on": None,
        "former_answer": None,
        "former_answered_on": None,
        **values,
    }


def _answers(rng: Random, seq: int, until: datetime, names: list[str]) -> tuple[dict, ...]:
    """In a third of the worlds, up to six answers: versions of one another, and some about a measure
    that the pact does not have."""
    times = sorted(_between(rng, until) for _ in range(rng.choice((0, 0, 0, 0, 1, 6))))
    return tuple(
        answer(
            seq + number,
            rng.choice(names),
            rng.choice(("1", "2", "2", "9")),
            **_times(rng, at),
            answer=rng.choice(("yes", "partly", "no", "neither")),
            answered_on=rng.choice((None, None, "2014-01", "2015", "2016-04-05")),
            former_answer=rng.choice((None, None, None, "yes", "partly", "no", "neither")),
            former_answered_on=rng.choice((None, "2013-12", "2014-01", "2014-06-02")),
        )
        for number, at in enumerate(times, start=1)
    )


def _between(rng: Random, until: datetime) -> datetime:
    return CLOCK + (until - CLOCK) * rng.random()


def _mandate(rng: Random, seq: int, at: datetime, name: str) -> dict:
    start = START + timedelta(days=rng.randrange(-300, 2000))
    end = start + timedelta(days=rng.randrange(1, 2500))
    reason = rng.choice(("term_end", "resignation", "death"))
    over = rng.random() < 0.7
    return mandate(
        seq,
        name,
        **_times(rng, at),
        office=rng.choice(("mayor", "mayor", "deputy_mayor")),
        started_on=_partial(rng, start),
        ended_on=_partial(rng, end) if over else None,
        end_reason=reason if over else None,
    )


def _apart(mandates: list[dict]) -> list[dict]:
    kept: list[dict] = []
    for row in mandates:
        held = [one for one in kept if one["signatory_id"] == row["signatory_id"]]
        spans = [(one["started_on"], one["ended_on"]) for one in held]
        if not any(surely_overlap((row["started_on"], row["ended_on"]), span) for span in spans):
            kept.append(row)
    return kept


def _action(
    rng: Random, seq: int, at: datetime, names: list[str], before: list[dict], lawful: bool
) -> dict:
    happened = min(at.date(), START + timedelta(days=rng.randrange(-100, 2600)))
    kind = rng.choice(("assessment",) * 5 + ("note", "reply", "retraction"))
    target = rng.choice(before) if before and rng.random() < 0.35 else None
    if kind == "retraction" and target is None:
        kind = "note"
    accepted = rng.choice((at, at, at, at + timedelta(days=rng.randrange(300)), None))
    row = action(
        seq,
        _partial(rng, happened),
        rng.choice(WRITABLE).value if kind == "assessment" else None,
        kind=kind,
        recorded_at=at,
        accepted_at=accepted,
        withdrawn_at=_withdrawn(rng, accepted),
        signatory_id=rng.choice(names),
        measure=rng.choice("12"),
    )
    if target is None:
        return row
    if rng.random() < 0.8 or lawful:
        row |= {"signatory_id": target["signatory_id"], "measure": target["measure"]}
    if kind != "retraction" and rng.random() < 0.25:
        kept = target["supersedes"] if rng.random() < 0.8 else None
        return row | {"first": target["first"], "supersedes": kept}
    return row | {"supersedes": target["first"]}


def _times(rng: Random, at: datetime) -> dict:
    """Most rows come with an accepted file; some wait, some are taken back with theirs."""
    accepted = rng.choice((at,) * 6 + (at + timedelta(days=rng.randrange(300)), None))
    withdrawn = _withdrawn(rng, accepted)
    return {"recorded_at": at, "accepted_at": accepted, "withdrawn_at": withdrawn}


def _withdrawn(rng: Random, accepted: datetime | None) -> datetime | None:
    if accepted is None or rng.random() < 0.85:
        return None
    return accepted + timedelta(days=rng.randrange(300))


def _partial(rng: Random, day: date) -> str:
    return day.isoformat()[: rng.choice((4, 7, 10, 10, 10))]
