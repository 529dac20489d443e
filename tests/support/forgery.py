"""Entries whose chain is right, whatever they say."""

from datetime import timedelta

from monitor.store.journal import Journal
from monitor.store.subjects import SUBJECTS
from tests.support.clock import NOW
from tests.support.damage import intrude

HAVARD = "signatory_id = 'havard-lyon' AND measure_id"


def write(store, subject: str, facts: tuple, texts: tuple, columns=None, beside=()) -> int:
    """An entry whose chain is right, whatever it says, in a file that nothing guards any more. Columns
    that came later may be left out."""
    intrude(store)
    about = SUBJECTS[subject]
    later = [None] * len(about.later_facts)
    facts = (*facts, *later[: len(about.facts) - len(facts)])
    if columns:
        columns = (*columns, *later[: len(about.facts) - len(columns)])
    texts = (*texts, *[None] * (len(about.texts) - len(texts)))
    with store.writing() as session:
        journal = Journal(session, "operator", NOW + timedelta(days=1))
        stored = [columns] if columns else None
        seq = journal.append(subject, [(facts, texts, beside)], columns=stored)
        session.execute("UPDATE head SET seq = :seq, hash = :hash", seq=seq, hash=journal.hash)
        return seq


def forged_action(store, **values) -> int:
    with store.reading() as session:
        ((head,),) = session.rows("SELECT seq FROM head")
        ((number,),) = session.rows(f"SELECT id FROM commitment WHERE {HAVARD} = '1'")
    given = {"first": head + 1, "day": "2019", "supersedes": None} | values
    identity = ("mouves-2014", "forged", 1, given["first"])
    rest = (9, "assessment", "implemented", given["day"], "press", given["supersedes"])
    return write(
        store,
        "action",
        (*identity, "havard-lyon", "1", *rest),
        ("x", "Titre", None, None, None, None, "r", None),
        (*identity, number, *rest),
        ("x titre",),
    )
