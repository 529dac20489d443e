"""A random log (`logs.World`) written into a database, entry by entry, at its own times."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from random import Random

from monitor.commands.rows import Numbering
from monitor.pacts import Pact
from monitor.schema import COLUMNS
from monitor.store.base import Session
from monitor.store.journal import Journal
from monitor.store.pacts_and_areas import pact_to_row
from monitor.store.subjects import SUBJECTS
from tests.support.random_logs import AREAS, CLOCK, World

OPERATOR, VOLUNTEER, REVIEWER = "operator", "benevole", "relectrice"
#: Texts that a file may hold and that a careless writer would break.
TEXTS = (
    "=1+1",
    "+33 1",
    "-5 %",
    "@home",
    "'quoted",
    "''=2",
    'un "mot"',
    "a;b,c",
    "Œuvre – été",
    "plain",
)
LINES = "deux\nlignes"


def write(store, world: World, seed: int, late: bool = False) -> dict[int, int]:
    """Every row in a file of its own, accepted and taken back when the world says; a few texts
    emptied at the end. `late`: all of it is recorded after the facts, in the same order. Returns the
    entry of each row of the world, by its seq."""
    when = _after_the_facts if late else lambda moment: moment
    writer = _Writer(world, Random(f"write/{seed}"), when)
    with store.writing() as session:
        writer.session = session
        writer.begin()
        for at, _, work, row, kind in sorted(_events(world), key=lambda event: event[:2]):
            work(writer, when(at), row, kind)
        writer.redact(when(at) if world.signatories else datetime.now(UTC))
    return writer.seqs


def _after_the_facts(moment: datetime) -> datetime:
    """Twenty years of a random log in a summer, after the last end of a mandate and before today."""
    return datetime(2026, 7, 24, tzinfo=UTC) + (moment - CLOCK) / 80


def _events(world: World) -> Iterator[tuple]:
    for at, pact in world.later:
        yield at, (0, 0), _Writer.pact, pact, "pact"
    for row in world.retractions:
        yield row["recorded_at"], (row["seq"], 0), _Writer.retract, row, row["kind"]
    for kind in ("areas", "signatories", "mandates", "actions"):
        for row in getattr(world, kind):
            yield row["recorded_at"], (row["seq"], 0), _Writer.row, row, kind
            if row["accepted_at"] and row["accepted_at"] != row["recorded_at"]:
                yield row["accepted_at"], (row["seq"], 1), _Writer.accept, row, kind
            if row["withdrawn_at"]:
                yield row["withdrawn_at"], (row["seq"], 2), _Writer.withdraw, row, kind


def _with_later(subject: str, facts: tuple, texts: tuple) -> tuple[tuple, tuple]:
    """The same, with nothing in the columns that came to the log later."""
    about = SUBJECTS[subject]
    return (
        facts + (None,) * len(about.later_facts),
        texts + (None,) * len(about.later_texts),
    )


class _Writer:
    session: Session

    def __init__(self, world: World, rng: Random, when: Callable[[datetime], datetime]):
        self.world, self.rng, self.when = world, rng, when
        self.loads, self.seqs = {}, {}
        self.versions, self.revs = Counter(), Counter()

    def journal(self, author: str, at: datetime) -> Journal:
        return Journal(self.session, author, at)

    def file(self, content: str, at: datetime, accepted: bool) -> tuple[Journal, int]:
        journal = self.journal(OPERATOR if accepted else VOLUNTEER, at)
        facts = (self.world.pact.id, content, "file.csv", int(accepted))
        return journal, journal.append("load", [(facts, (), ())])

    def begin(self) -> None:
        at = self.when(datetime(2014, 3, 1, tzinfo=UTC))
        roles = ((VOLUNTEER, "volunteer"), (REVIEWER, "reviewer"))
        self.session.insert(
            "account", ("name", "role", "created_at"), [(*role, "2014") for role in roles]
        )
        self.pact(at, self.world.pact, "pact")
        own = {row["code"] for row in self.world.areas}
        for code in self.rng.choice((["c1", "c2"], ["c1"], [])):
            if code not in own:
                journal, load = self.file("areas", at, True)
                self.area(journal, load, {"code": code, **AREAS.loc[code].to_dict()})

    def pact(self, at: datetime, pact: Pact, kind: str) -> None:
        journal, load = self.file(kind, at, True)
        facts = (pact.id, self.version("pact"), *pact_to_row(pact))
        journal.append("pact", [(facts, (), ())], load_seq=load)

    def area(self, journal: Journal, load: int, row: dict) -> int:
        values = [
            None if row[name] is None else str(row[name]) or None for name in COLUMNS["areas"][1:]
        ]
        identity = (self.world.pact.id, row["code"])
        facts = (*identity, self.version(identity), *values)
        return journal.append("area", [(facts, (), ())], load_seq=load)

    def row(self, at: datetime, row: dict, kind: str) -> None:
        pact, text = self.world.pact.id, self.text
        journal, load = self.file(kind, at, row["accepted_at"] == row["recorded_at"])
        self.loads[row["seq"]] = load
        if kind == "signatories":
            facts = [
                row[name] for name in ("commune", "signed_on", "outcome", "due_on", "measures")
            ]
            identity = (pact, row["signatory_id"])
            texts = (text(), text(None), "https://exemple.invalid/été")
            entry = _with_later("signatory", (*identity, self.version(identity), *facts), texts)
            seq = journal.append("signatory", [(*entry, ())], load_seq=load)
            Numbering(self.session, journal, self.world.pact).add_commitments(
                [(row["signatory_id"], None)]
            )
        elif kind == "mandates":
            identity = (pact, row["signatory_id"], row["office"], row["started_on"])
            facts = (*identity, self.version(identity), row["ended_on"], row["end_reason"])
            entry = _with_later("mandate", facts, (None,))
            seq = journal.append("mandate", [(*entry, ())], load_seq=load)
        elif kind == "areas":
            seq = self.area(journal, load, row)
        else:
            seq = self.action(journal, load, row)
        self.seqs[row["seq"]] = seq

    def action(self, journal: Journal, load: int, row: dict) -> int:
        pact, first, text = self.world.pact.id, self.seqs.get(row["first"]), self.text
        (number,) = self.session.rows(
            "SELECT id FROM commitment WHERE signatory_id = :who AND measure_id = :measure",
            who=row["signatory_id"],
            measure=row["measure"],
        )
        self.revs[number] += 1
        name, target = f"a{row['first']}", self.seqs.get(row["supersedes"])
        identity = (pact, name, self.version(name), first or journal.seq + 1)
        facts = (self.revs[number], row["kind"], row["status"], row["happened_on"], "press", target)
        texts = (text(LINES), text(), text(None), None, None, text(None, LINES), text(LINES), "Zoé")
        facts, texts = _with_later("action", facts, texts)
        entry = ((*identity, row["signatory_id"], row["measure"], *facts), texts, ("",))
        columns = (*identity, number[0], *facts)
        return journal.append("action", [entry], load_seq=load, columns=[columns])

    def accept(self, at: datetime, row: dict, kind: str) -> None:
        facts = (self.loads[row["seq"]], "accepted")
        self.journal(REVIEWER, at).append("load_review", [(facts, (None,), ())])

    def withdraw(self, at: datetime, row: dict, kind: str) -> None:
        facts = (self.loads[row["seq"]],)
        self.journal(OPERATOR, at).append("withdrawal", [(facts, ("Motif",), ())])

    def retract(self, at: datetime, row: dict, kind: str) -> None:
        target = (self.seqs[row["target"]],)
        self.journal(OPERATOR, at).append("row_withdrawal", [(target, ("Motif",), ())])

    def redact(self, at: datetime) -> None:
        """Of a few actions and signatories, in all their versions."""
        for kind, table in (("actions", "action_text"), ("signatories", "signatory_text")):
            key = "first" if kind == "actions" else "signatory_id"
            rows = getattr(self.world, kind)
            gone = {row[key] for row in rows if self.rng.random() < 0.15}
            for row in rows:
                if row[key] in gone:
                    seq = self.seqs[row["seq"]]
                    facts = ((seq, "Jugement"), (), ())
                    self.journal(OPERATOR, at).append("redaction", [facts])
                    columns = [name for name in self.session.columns(table) if name != "seq"]
                    emptied = ", ".join(f"{name} = NULL" for name in columns)
                    self.session.execute(f"UPDATE {table} SET {emptied} WHERE seq = :seq", seq=seq)

    def version(self, key) -> int:
        self.versions[key] += 1
        return self.versions[key]

    def text(self, *others) -> str | None:
        return self.rng.choice((*TEXTS, *others))
