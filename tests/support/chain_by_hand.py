"""The chain computed by another hand: from the format that `monitor.chain` states in words, with the
standard library alone. What a subject digests is written out: a column more, less or elsewhere is
another format, and no log of before would verify."""

import json
from collections.abc import Iterator
from hashlib import sha256

_OF_COMMITMENT = "JOIN commitment c ON c.id = t.commitment_id"
#: subject -> its facts, as a query whose rows begin with the seq, and the columns of its texts.
DIGESTED = {
    "load": ("SELECT t.seq, pact_id, content, file_name, accepted FROM load t", ""),
    "pact": (
        "SELECT t.seq, pact_id, rev, title, question, promoter, election, election_on, term_start, "
        "term_end, language, fictional, binding_offices, licence, measures FROM pact t",
        "",
    ),
    "area": (
        "SELECT t.seq, pact_id, code, rev, name, department_code, department, region_code, region, "
        "epci, population, latitude, longitude FROM area t",
        "",
    ),
    "signatory": (
        "SELECT t.seq, pact_id, signatory_id, rev, commune, signed_on, outcome, due_on, measures "
        "FROM signatory t",
        "name, list, source_url",
    ),
    "mandate": (
        "SELECT t.seq, pact_id, signatory_id, office, started_on, rev, ended_on, end_reason "
        "FROM mandate t",
        "source_url",
    ),
    "answer": (
        "SELECT t.seq, pact_id, signatory_id, measure, rev, answer, answered_on FROM answer t",
        "comment, source_url",
    ),
    "detail": (
        "SELECT t.seq, pact_id, signatory_id, measure, rev, due_on FROM detail t",
        "wording, in_charge, note",
    ),
    "source": (
        "SELECT t.seq, pact_id, action_id, source_no, rev, source_kind FROM source t",
        "source_title, source_publisher, source_url, archive_url, quote",
    ),
    "action": (
        "SELECT t.seq, t.pact_id, action_id, version, first, c.signatory_id, c.measure_id, rev, kind, "
        f"status, happened_on, source_kind, supersedes FROM action t {_OF_COMMITMENT}",
        "summary, source_title, source_publisher, source_url, archive_url, quote, reason, recorded_by",
    ),
    "review": ("SELECT t.seq, action_seq, decision FROM review t", "reason"),
    "redaction": ("SELECT t.seq, target_seq, reason FROM redaction t", ""),
    "load_step": ("SELECT t.seq, load_seq, step FROM load_step t", ""),
    "load_review": ("SELECT t.seq, load_seq, decision FROM load_review t", "reason"),
    "withdrawal": ("SELECT t.seq, load_seq FROM withdrawal t", "reason"),
    "row_withdrawal": ("SELECT t.seq, target_seq FROM row_withdrawal t", "reason"),
    "link_check": (
        "SELECT t.seq, checked_on, outcome FROM link_check t",
        "url, status, archive_url",
    ),
    "reply_request": (
        "SELECT t.seq, t.pact_id, c.signatory_id, c.measure_id, way, asked_on "
        f"FROM reply_request t {_OF_COMMITMENT}",
        "note",
    ),
    "sample_plan": ("SELECT t.seq, pact_id, plan_id, content FROM sample_plan t", "dice"),
    "sample_seed": ("SELECT t.seq, pact_id, plan_id, seed FROM sample_seed t", ""),
    "sample_end": ("SELECT t.seq, pact_id, plan_id FROM sample_end t", "reason"),
    "rating": (
        "SELECT t.seq, t.pact_id, plan_id, c.signatory_id, c.measure_id, status, happened_on, "
        f"source_kind FROM rating t {_OF_COMMITMENT}",
        "summary, source_title, source_publisher, source_url, archive_url, quote, searched",
    ),
    "rating_end": (
        "SELECT t.seq, t.pact_id, plan_id, c.signatory_id, c.measure_id, way, action_seq "
        f"FROM rating_end t {_OF_COMMITMENT}",
        "",
    ),
}


def digest_by_hand(salt: str, values) -> str:
    """SHA-256(salt + compact JSON), in hexadecimal."""
    text = json.dumps(list(values), ensure_ascii=False, separators=(",", ":"))
    return sha256((salt + text).encode("utf-8")).hexdigest()


def hashes_by_hand(session) -> Iterator[tuple[int, str, str]]:
    """(seq, hash as computed here, hash as written) of each entry. The digest of the texts is computed
    as well, where they were not emptied; else it is the one that is written."""
    facts, texts = {}, {}
    for subject, (of_facts, columns) in DIGESTED.items():
        facts |= {(subject, row[0]): row[1:] for row in session.rows(of_facts)}
        if columns:
            rows = session.rows(f"SELECT seq, salt, {columns} FROM {subject}_text")
            texts |= {(subject, row[0]): row[1:] for row in rows}
    before = "0" * 64
    entries = session.rows(
        "SELECT seq, recorded_at, author, subject, load_seq, salt, texts_digest, hash "
        "FROM entry ORDER BY seq"
    )
    for seq, at, author, subject, load_seq, salt, of_texts, written in entries:
        kept = texts.get((subject, seq))
        if kept and kept[0] is not None:
            of_texts = digest_by_hand(kept[0], kept[1:])
        of_facts = digest_by_hand(salt, facts[subject, seq])
        header = [seq, at, author, subject, load_seq, of_facts, of_texts]
        yield seq, digest_by_hand(before, header), written
        before = written
