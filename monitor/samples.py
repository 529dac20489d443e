"""A plan for a random sample: what is fixed before the dice are thrown, and what the log holds of it."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from monitor.errors import InvalidValue, NotFound

#: How the officials may be grouped before the draw: by the size of their commune, or not at all.
BY_SIZE, ALL_ALIKE = "size", "none"
STRATA = (BY_SIZE, ALL_ALIKE)
#: What the second of two people who rate a commitment blind starts from: what they find themselves, or
#: what the first kept, without the status that the first gave.
EVIDENCE = ("own", "same")
#: What the content of a plan with the same evidence holds; other plans, and all older ones, say nothing
#: of it.
SAME_EVIDENCE = '"evidence":"same"'
#: What a seed may hold: what anybody can type again, between quotes.
SEED_PATTERN = re.compile(r"[0-9A-Za-z .,;:/+*_-]{1,200}")
_HEAD = re.compile(r"[0-9]{1,18}:[0-9a-f]{64}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class SampleStratum:
    """Officials among whom some are drawn: how many, what they have due, how many are drawn."""

    code: str
    officials: int
    commitments: int
    drawn: int


@dataclass(frozen=True, kw_only=True)
class SampleDraft:
    """What a plan fixes. Raises InvalidValue (`sample_officials`, `sample_share`, `sample_content`).

    `head`: "SEQ:HASH", at which the universe is read; `universe`: SHA-256 of its lines. `take_all`:
    officials and commitments that need no draw. `dice`: the public draw to come that will be the seed,
    empty where a court had it removed. `evidence`: of EVIDENCE.
    """

    pact_id: str
    as_of: date
    head: str
    fresh_days: int
    strata: str
    officials: int
    double_share: float
    dice: str
    universe: str
    take_all: tuple[int, int]
    allocation: tuple[SampleStratum, ...]
    evidence: str = "own"

    def __post_init__(self):
        if self.officials < 1:
            raise InvalidValue("sample_officials", value=self.officials)
        if not 0 <= self.double_share <= 1:
            raise InvalidValue("sample_share", value=self.double_share)
        counts = (self.fresh_days, *self.take_all)
        wrong = {
            "head": not _HEAD.fullmatch(self.head),
            "universe": not _DIGEST.fullmatch(self.universe),
            "strata": self.strata not in STRATA,
            "evidence": self.evidence not in EVIDENCE,
            "fresh_days, take_all": min(counts) < 0,
            "allocation": not all(
                0 <= one.drawn <= one.officials <= one.commitments for one in self.allocation
            ),
        }
        if named := [name for name, is_wrong in wrong.items() if is_wrong]:
            raise InvalidValue("sample_content", what=", ".join(named))

    @property
    def drawn(self) -> int:
        """How many officials are drawn in all."""
        return sum(stratum.drawn for stratum in self.allocation)

    @property
    def has_same_evidence(self) -> bool:
        """Whether the second of two people judges what the first kept."""
        return self.evidence == "same"

    @property
    def head_seq(self) -> int:
        """The number of the entry at which the universe is read."""
        return int(self.head.partition(":")[0])


@dataclass(frozen=True, kw_only=True)
class SamplePlan(SampleDraft):
    """A plan of the log, with its seed once the dice are thrown. `abandoned_reason` is None as well
    where a court had it removed. `head_recorded_at`: when the last entry of its head was recorded, None
    where the log does not hold that head."""

    plan_id: str
    seq: int
    recorded_at: datetime
    author: str | None = None
    head_recorded_at: datetime | None = None
    seed: str | None = None
    seed_seq: int | None = None
    seed_recorded_at: datetime | None = None
    abandoned: bool = False
    abandoned_reason: str | None = None
    abandoned_seq: int | None = None
    abandoned_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether the dice are still to be thrown."""
        return self.seed is None and not self.abandoned


def find_plan(plans: Sequence[SamplePlan], plan_id: str) -> SamplePlan:
    """The plan of that number. Raises NotFound (`unknown_sample_plan`)."""
    found = next((plan for plan in plans if plan.plan_id == plan_id), None)
    if found is None:
        raise unknown_plan(plan_id, plans)
    return found


def unknown_plan(plan_id: str, plans: Sequence[SamplePlan]) -> NotFound:
    """What is raised of a number that none of these plans has."""
    known = ", ".join(plan.plan_id for plan in plans)
    return NotFound("unknown_sample_plan", value=plan_id, known=known or "–")


def content_of(plan: SampleDraft) -> str:
    """What the entry of a plan digests beside its names: JSON with sorted keys and no spaces."""
    officials, commitments = plan.take_all
    content = {
        "allocation": [asdict(stratum) for stratum in plan.allocation],
        "as_of": plan.as_of.isoformat(),
        "double_share": plan.double_share,
        "fresh_days": plan.fresh_days,
        "head": plan.head,
        "officials": plan.officials,
        "strata": plan.strata,
        "take_all": {"officials": officials, "commitments": commitments},
        "universe": plan.universe,
    }
    if plan.has_same_evidence:
        content["evidence"] = plan.evidence
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def draft_from_content(pact_id: str, content: str, dice: str | None) -> SampleDraft:
    """The inverse of `content_of`. Raises ValueError, KeyError or TypeError of a text that is no content
    of a plan, InvalidValue of one with values that no plan can have."""
    values = json.loads(content)
    whole = values["take_all"]
    return SampleDraft(
        pact_id=pact_id,
        as_of=date.fromisoformat(values["as_of"]),
        head=values["head"],
        fresh_days=values["fresh_days"],
        strata=values["strata"],
        officials=values["officials"],
        double_share=values["double_share"],
        dice=dice or "",
        universe=values["universe"],
        take_all=(whole["officials"], whole["commitments"]),
        allocation=tuple(SampleStratum(**stratum) for stratum in values["allocation"]),
        evidence=values.get("evidence", "own"),
    )
