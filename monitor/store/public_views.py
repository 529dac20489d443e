"""What an outside reader of a PostgreSQL database sees: the views of the schema `published`, which hold
what counts and is shown to everybody, and nothing else.

Each is a barrier: no condition of the reader's is tried on a row that the view leaves out. No author,
no reviewer, no `recorded_by` and no name of a file is in any of them.
"""

from collections.abc import Sequence

from monitor.models import Decision
from monitor.schema import KEYS, OPEN
from monitor.store.decisions import COUNTING_FILES, review_condition
from monitor.store.pacts_and_areas import PACT_COLUMNS
from monitor.store.retracted import KEYS_OF, VERSIONS
from monitor.store.subjects import ABOUT_PEOPLE, SUBJECTS, columns_of

#: The schema of the views.
SCHEMA = "published"
#: The files that count: accepted as a whole, and not taken back.
_FILES = f"counting AS ({COUNTING_FILES})"
#: The actions that were accepted, alone or with their file, about somebody who is public.
_SHOWN = f"""
    shown AS (
        SELECT a.*, e.recorded_at, c.signatory_id, c.measure_id AS measure
        FROM action a JOIN entry e ON e.seq = a.seq JOIN commitment c ON c.id = a.commitment_id
        WHERE EXISTS (SELECT 1 FROM {SCHEMA}.signatory s
                      WHERE s.pact_id = a.pact_id AND s.signatory_id = c.signatory_id)
          AND (e.load_seq IN (SELECT seq FROM counting) OR {review_condition(Decision.ACCEPTED, "a")})
    )"""
#: What an action says beside what every version of the log has of it.
_TEXTS = tuple(f"x.{name}" for name in SUBJECTS["action"].texts if name in OPEN["actions"])
_LATER = tuple(f"a.{name}" for name in SUBJECTS["action"].later_facts)


def _open(file: str) -> list[str]:
    """The columns of a file that are published, as SQL."""
    return [sql for name, sql in columns_of(file).items() if name in OPEN[file]]


def _rows(table: str, keys: tuple[str, ...], columns: Sequence[str]) -> str:
    """The last version that counts of each row that files bring."""
    key = ", ".join(f"t.{name}" for name in ("pact_id", *keys))
    texts = SUBJECTS[table].texts
    beside = f"JOIN {table}_text x ON x.seq = t.seq" if texts else ""
    alone = f"AND t.seq NOT IN (SELECT seq FROM ({VERSIONS}) gone)" if table in KEYS_OF else ""
    return f"""
    WITH {_FILES}
    SELECT DISTINCT ON ({key}) t.seq, e.recorded_at, t.pact_id, {", ".join(columns)}
    FROM {table} t JOIN entry e ON e.seq = t.seq {beside}
    WHERE e.load_seq IN (SELECT seq FROM counting) {alone}
    ORDER BY {key}, t.seq DESC"""


def _of_people(table: str, file: str) -> str:
    """The same of the rows about signatories, of those who are public."""
    return f"""
    SELECT m.* FROM ({_rows(table, KEYS[file], _open(file))}) m
    WHERE EXISTS (SELECT 1 FROM {SCHEMA}.signatory s
                  WHERE s.pact_id = m.pact_id AND s.signatory_id = m.signatory_id)"""


#: View -> its query. `later_seq`: the last public entry that corrected the action, took its place, or
#: took it back. What is not public leads to the place of what corrects it, and is not shown.
VIEWS = {
    "pact": _rows("pact", (), [f"t.{name}" for name in PACT_COLUMNS.split(", ")]),
    "area": _rows("area", KEYS["areas"], _open("areas")),
    "signatory": _rows("signatory", KEYS["signatories"], _open("signatories")),
    **{table: _of_people(table, SUBJECTS[table].file or "") for table in ABOUT_PEOPLE},
    "action": f"""
    WITH RECURSIVE {_FILES}, {_SHOWN},
    newest AS (
        SELECT first, max(seq) AS seq, min(action_id) AS action_id FROM shown GROUP BY first
    ),
    superseding AS (
        SELECT supersedes AS first, max(seq) AS seq FROM shown
        WHERE supersedes IS NOT NULL GROUP BY supersedes
    ),
    correcting AS (
        SELECT first, supersedes FROM action WHERE supersedes IS NOT NULL AND kind <> 'retraction'
    ),
    passing AS (
        SELECT first, supersedes AS place FROM correcting
        UNION SELECT p.first, c.supersedes FROM passing p JOIN correcting c ON c.first = p.place
    ),
    placed AS (
        SELECT first, min(place) AS place FROM passing GROUP BY first
        UNION SELECT min(place), min(place) FROM passing GROUP BY first
    ),
    replacing AS (
        SELECT o.first, max(n.seq) AS seq FROM placed o JOIN placed p ON p.place = o.place
        JOIN newest n ON n.first = p.first WHERE p.first > o.first GROUP BY o.first
    )
    SELECT a.seq, a.recorded_at, a.pact_id, a.action_id, a.version, a.signatory_id, a.measure, a.kind,
           a.status, a.happened_on, a.source_kind, {", ".join(_TEXTS + _LATER)},
           t.action_id AS supersedes,
           greatest(l.seq, o.seq, CASE WHEN n.seq > a.seq THEN n.seq END) AS later_seq
    FROM shown a JOIN action_text x ON x.seq = a.seq
    JOIN newest n ON n.first = a.first LEFT JOIN newest t ON t.first = a.supersedes
    LEFT JOIN superseding l ON l.first = a.first
    LEFT JOIN replacing o ON o.first = a.first""",
    "source": f"""
    SELECT o.* FROM ({_rows("source", KEYS["sources"], _open("sources"))}) o
    WHERE EXISTS (SELECT 1 FROM {SCHEMA}.action a
                  WHERE a.pact_id = o.pact_id AND a.action_id = o.action_id)""",
    "sample": """
    SELECT p.seq, e.recorded_at, p.pact_id, p.plan_id, p.content, x.dice, s.seed,
           se.recorded_at AS seed_recorded_at, ne.recorded_at AS abandoned_at,
           nx.reason AS abandoned_reason
    FROM sample_plan p JOIN entry e ON e.seq = p.seq JOIN sample_plan_text x ON x.seq = p.seq
    LEFT JOIN sample_seed s ON s.pact_id = p.pact_id AND s.plan_id = p.plan_id
    LEFT JOIN entry se ON se.seq = s.seq
    LEFT JOIN sample_end n ON n.pact_id = p.pact_id AND n.plan_id = p.plan_id
    LEFT JOIN entry ne ON ne.seq = n.seq LEFT JOIN sample_end_text nx ON nx.seq = n.seq""",
    "head": "SELECT seq, hash FROM head",
    "heads": "SELECT id, seq, hash, day FROM published_head",
}


def view_statements() -> list[str]:
    """The statements that make the views, each after those that it reads, and the schema for them."""
    return [f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"] + [
        f"CREATE VIEW {SCHEMA}.{name} WITH (security_barrier) AS {query}"
        for name, query in VIEWS.items()
    ]
