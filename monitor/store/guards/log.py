"""The shape of the log: nothing changes, every row has its entry, and a file is written at once."""

from monitor.models import WITHOUT_EVIDENCE, Status
from monitor.schema import KEYS as FILE_KEYS
from monitor.store.guards.phrases import Guard, has_other_subject, sql_list
from monitor.store.subjects import DERIVED, SUBJECT_OF, SUBJECTS

#: Every table of the log, with the keys that a REPLACE could use to push an older row out.
KEYS = {
    "load": [("seq",)],
    "pact": [("seq",), ("pact_id", "rev")],
    **{
        about.table: [("seq",), ("pact_id", *FILE_KEYS[about.file], "rev")]
        for about in SUBJECTS.values()
        if about.file
    },
    "action": [("seq",), ("commitment_id", "rev"), ("pact_id", "action_id", "version")],
    "review": [("seq",), ("action_seq",)],
    "redaction": [("seq",)],
    "load_step": [("seq",)],
    "load_review": [("seq",), ("load_seq",)],
    "withdrawal": [("seq",), ("load_seq",)],
    "row_withdrawal": [("seq",)],
    "reply_request": [("seq",)],
    "link_check": [("seq",)],
    **{
        table: [("seq",), ("pact_id", "plan_id")]
        for table in ("sample_plan", "sample_seed", "sample_end")
    },
    "rating": [("seq",)],
    "rating_end": [("seq",), ("pact_id", "plan_id", "commitment_id")],
    "commitment": [("id",), ("pact_id", "signatory_id", "measure_id")],
    "account": [("name",)],
    "account_change": [("id",)],
    "account_tie": [("id",)],
    "request": [("id",)],
    "request_end": [("id",)],
    "team_act": [("id",)],
    "published_head": [("id",), ("seq", "hash", "day")],
    "rewriting": [("id",)],
    "wiping": [("id",)],
    "erasure": [("name",)],
    "safety_copy": [("id",)],
    "id_key": [("id",)],
}
#: What cites nothing, but says where one looked.
_SEARCH = Status.NO_EVIDENCE
_CITES = " AND ".join(f"status <> '{one}'" for one in WITHOUT_EVIDENCE if one is not _SEARCH)
#: Those of which words may be emptied.
_EMPTIED = ("request", "request_end")
#: Each table of texts, with the columns that only a redaction may empty.
TEXTS = {
    about.text_table: (*about.texts, *DERIVED.get(name, ()))
    for name, about in SUBJECTS.items()
    if about.texts
}
#: What a file may bring, by what it says that it holds.
CONTENT = {"pact": "pact", **SUBJECT_OF}


def rules() -> list[Guard]:
    guards = [
        guard
        for table in ("entry", *KEYS)
        for guard in (_no_update(table), _no_delete(table))
        if guard.name not in [f"{one}_no_update" for one in _EMPTIED]
    ]
    guards += [_no_delete(table) for table in ("head", *TEXTS)]
    guards += [_texts(table, columns) for table, columns in TEXTS.items()]
    guards += [
        Guard(
            f"{about.table}_has_its_entry",
            "INSERT",
            about.table,
            has_other_subject(name),
            f"{about.table}: an entry of its own",
        )
        for name, about in SUBJECTS.items()
    ]
    return [*guards, *_entries(), *_actions()]


def _entries() -> list[Guard]:
    brought = ", ".join(f"'{subject}'" for subject in CONTENT.values() if subject != "action")
    content = " ".join(f"WHEN '{subject}' THEN '{name}'" for name, subject in CONTENT.items())
    return [
        Guard(
            "entry_subject",
            "INSERT",
            "entry",
            "NEW.subject NOT IN ({})".format(", ".join(f"'{name}'" for name in SUBJECTS)),
            "entry: an unknown subject",
        ),
        Guard(
            "load_content_known",
            "INSERT",
            "load",
            f"NEW.content NOT IN {sql_list(tuple(CONTENT))}",
            "load: an unknown content",
        ),
        Guard(
            "entry_comes_with_a_file",
            "INSERT",
            "entry",
            f"NEW.load_seq IS NULL AND NEW.subject IN ({brought})",
            "entry: such a row comes with a file",
        ),
        # Who may write, and when, is asked of the entry that opens the file, or the part of it: the
        # others follow it at once, by the same author and at the same time.
        Guard(
            "entry_of_its_file",
            "INSERT",
            "entry",
            "NOT EXISTS (SELECT 1 FROM entry b "
            "WHERE b.seq = NEW.seq - 1 AND b.author = NEW.author "
            "AND b.recorded_at = NEW.recorded_at AND CASE WHEN b.seq = NEW.load_seq "
            "OR b.subject = 'load_step' "
            "THEN EXISTS (SELECT 1 FROM load l WHERE l.seq = NEW.load_seq "
            f"AND l.content = CASE NEW.subject {content} END AND (l.seq = b.seq OR EXISTS ("
            "SELECT 1 FROM load_step s WHERE s.seq = b.seq AND s.load_seq = l.seq "
            "AND s.step = 'part'))) "
            "ELSE b.load_seq = NEW.load_seq AND b.subject = NEW.subject END)",
            "entry: its file is not open",
            only="NEW.load_seq IS NOT NULL",
        ),
        Guard(
            "head_follows",
            "UPDATE",
            "head",
            "NOT (NEW.seq = OLD.seq AND NEW.hash = OLD.hash AND NEW.id = OLD.id) AND "
            "NOT EXISTS (SELECT 1 FROM entry WHERE seq = NEW.seq AND hash = NEW.hash "
            "AND NEW.seq > OLD.seq AND NOT EXISTS (SELECT 1 FROM entry WHERE seq > NEW.seq))",
            "head: it is the last entry",
        ),
    ]


def _actions() -> list[Guard]:
    return [
        Guard(
            "action_follows_its_version",
            "INSERT",
            "action",
            "NOT EXISTS (SELECT 1 FROM action WHERE pact_id = NEW.pact_id "
            "AND action_id = NEW.action_id AND version = NEW.version - 1 "
            "AND first = NEW.first)",
            "action: a version follows the one before",
            only="NEW.version <> 1",
        ),
        # The target may have been about another one before: any of its versions will do.
        Guard(
            "action_supersedes_the_same",
            "INSERT",
            "action",
            "NOT EXISTS (SELECT 1 FROM action t JOIN action v "
            "ON v.pact_id = t.pact_id AND v.action_id = t.action_id "
            "JOIN commitment o ON o.id = v.commitment_id "
            "JOIN commitment c ON c.pact_id = o.pact_id AND c.signatory_id = o.signatory_id "
            "WHERE t.seq = NEW.supersedes AND t.first = t.seq AND c.id = NEW.commitment_id "
            "AND (NEW.kind <> 'retraction' OR c.id = o.id))",
            "action: it corrects an action about the same signatory, "
            "or withdraws one about the same commitment",
            only="NEW.supersedes IS NOT NULL",
        ),
        Guard(
            "action_needs_evidence",
            "INSERT",
            "action_text",
            "EXISTS (SELECT 1 FROM action WHERE seq = NEW.seq AND kind = 'assessment' AND "
            f"{_CITES} AND CASE WHEN status = '{_SEARCH}' "
            "THEN NEW.summary IS NULL "
            "ELSE NEW.source_title IS NULL AND NEW.source_url IS NULL END)",
            "action: evidence is required",
            only="(NEW.source_title IS NULL AND NEW.source_url IS NULL OR NEW.summary IS NULL)",
        ),
        Guard(
            "action_needs_reason",
            "INSERT",
            "action_text",
            "(SELECT supersedes FROM action WHERE seq = NEW.seq) IS NOT NULL",
            "action: a correction needs a reason",
            only="NEW.reason IS NULL",
        ),
    ]


def _no_update(table: str) -> Guard:
    return Guard(
        f"{table}_no_update", "UPDATE", table, "1 = 1", f"{table}: append only, nothing is changed"
    )


def _no_delete(table: str) -> Guard:
    return Guard(
        f"{table}_no_delete", "DELETE", table, "1 = 1", f"{table}: append only, nothing is deleted"
    )


def _texts(table: str, columns: tuple[str, ...]) -> Guard:
    """Texts never change; a court's order may empty them all at once."""
    emptied = " AND ".join(f"NEW.{column} IS NULL" for column in ("salt", *columns))
    return Guard(
        f"{table}_no_update",
        "UPDATE",
        table,
        f"NOT ({emptied} AND NEW.seq = OLD.seq AND EXISTS "
        "(SELECT 1 FROM redaction WHERE target_seq = NEW.seq))",
        f"{table}: append only, nothing is changed",
    )
