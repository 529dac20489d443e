"""A verifier of logs written from docs/log-format.md alone, with the standard library alone.

    python tests/support/log_verifier.py COPY.db [SEQ:HASH]…

says where the log ends, or what is wrong with it and where. The heads are those that one kept.
"""

import json
import sqlite3
import sys
from hashlib import sha256

#: Subject: its facts / its texts, in the order of the page.
TABLE = """
load: pact_id content file_name accepted; pact: pact_id rev title question promoter election
election_on term_start term_end language fictional binding_offices licence measures; area: pact_id
code rev name department_code department region_code region epci population latitude longitude;
signatory: pact_id signatory_id rev commune signed_on outcome due_on measures / name list
source_url; mandate: pact_id signatory_id office started_on rev ended_on end_reason / source_url;
answer: pact_id signatory_id measure rev answer answered_on / comment source_url; detail: pact_id
signatory_id measure rev due_on / wording in_charge note; action: pact_id action_id version first
signatory_id measure_id rev kind status happened_on source_kind supersedes / summary source_title
source_publisher source_url archive_url quote reason recorded_by; source: pact_id action_id
source_no rev source_kind / source_title source_publisher source_url archive_url quote; review:
action_seq decision / reason; redaction: target_seq reason; load_step: load_seq step; load_review:
load_seq decision / reason; withdrawal: load_seq / reason; row_withdrawal: target_seq / reason;
link_check: checked_on outcome / url status archive_url; reply_request: pact_id signatory_id
measure_id way asked_on / note; sample_plan: pact_id plan_id content / dice; sample_seed: pact_id
plan_id seed; sample_end: pact_id plan_id / reason; rating: pact_id plan_id signatory_id
measure_id status happened_on source_kind / summary source_title source_publisher source_url
archive_url quote searched; rating_end: pact_id plan_id signatory_id measure_id way action_seq
"""
EACH = (one.split(": ") for one in " ".join(TABLE.split()).split("; "))
SUBJECTS = {name: columns.partition(" / ")[::2] for name, columns in EACH}


class Altered(Exception):
    """The log is not as it was written."""


def digest(before: str, values: list) -> str:
    every = [one for v in values for one in (v.values() if isinstance(v, dict) else [v])]
    if any(type(value) not in (str, int, type(None)) for value in every):
        raise Altered("a value that is neither a text nor a whole number")
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    try:
        return sha256((before + text).encode()).hexdigest()
    except UnicodeEncodeError:
        raise Altered("a text that is none") from None


def digested(row: dict, names: list[str]) -> list:
    """The values under these names, then those of the columns that the page does not name."""
    others = sorted(row.keys() - {*names, "seq", "salt", "commitment_id", "search_key"})
    later = {name: row[name] for name in others if row[name] is not None}
    return [row[name] for name in names] + ([later] if later else [])


def rows(db: sqlite3.Connection, table: str) -> dict:
    cursor = db.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in cursor.description]
    found = [dict(zip(names, row, strict=True)) for row in cursor]
    return {row.get("seq", row.get("id")): row for row in found}


def verify(path: str, *heads: str) -> str:
    """The head of the log, `SEQ:HASH`. Raises Altered."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    db.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    entries, commitments = rows(db, "entry"), rows(db, "commitment")
    facts = {name: rows(db, name) for name in SUBJECTS}
    texts = {name: rows(db, f"{name}_text") for name in SUBJECTS if SUBJECTS[name][1]}
    removed = {row["target_seq"] for row in facts["redaction"].values()}
    before, chain = "0" * 64, {0: "0" * 64}
    for seq, entry in sorted(entries.items()):
        subject = entry["subject"]
        if seq != len(chain) or subject not in SUBJECTS or seq not in facts[subject]:
            raise Altered(f"entry {len(chain)} is missing, or its row of facts")
        row, (of_facts, of_texts) = facts[subject].pop(seq), map(str.split, SUBJECTS[subject])
        if "commitment_id" in row:
            commitment = commitments.get(row["commitment_id"], {})
            row |= {name: commitment.get(name) for name in ("signatory_id", "measure_id")}
        of_entry = [entry[name] for name in ("seq", "recorded_at", "author", "subject", "load_seq")]
        try:
            written = ""
            if of_texts:
                own = texts[subject].pop(seq, {})
                gone = {value for name, value in own.items() if name != "seq"} == {None}
                written = entry["texts_digest"]
                if not (gone and seq in removed):
                    written = own and digest(own["salt"] or "", digested(own, of_texts))
            of_entry += [digest(entry["salt"], digested(row, of_facts)), entry["texts_digest"]]
            before = digest(before, of_entry)
        except Altered as error:
            raise Altered(f"entry {seq}: {error}") from None
        if (written, before) != (entry["texts_digest"], entry["hash"]):
            raise Altered(f"entry {seq} is not as it was written")
        chain[seq] = before
    for name, left in [*facts.items(), *((f"{name}_text", left) for name, left in texts.items())]:
        if left:
            raise Altered(f"{name}: row {min(left)} belongs to no entry")
    ((seq, hash_),) = db.execute("SELECT seq, hash FROM head").fetchall()
    if (seq, hash_) != (len(chain) - 1, before):
        raise Altered("the head is not the last entry")
    for head in heads:
        number, _, kept = head.partition(":")
        if chain.get(int(number)) != kept:
            raise Altered(f"the log was rewritten at entry {number} or before")
    return f"{seq}:{hash_}"


if __name__ == "__main__":
    try:
        print("intact", verify(*sys.argv[1:]))
    except Altered as altered:
        sys.exit(f"altered: {altered}")
