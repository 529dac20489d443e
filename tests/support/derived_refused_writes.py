"""The attacks that follow from the lists of the guards themselves."""

from monitor.store.guards import KEYS, TEXTS
from monitor.store.guards.values import DAYS, FREE, LENGTHS
from monitor.store.subjects import SUBJECTS
from tests.support.raw_writes import NEXT, Attack, change, entry, following, row, texts, write


def made() -> dict[str, Attack]:
    """The attacks that follow from the lists of the guards themselves."""
    found = {}
    for table in ("entry", *KEYS, *TEXTS):
        key = {"entry": "seq", "account": "name"}.get(table, KEYS.get(table, [("seq",)])[0][0])
        found[f"update {table}"] = Attack(
            f"{table}_no_update", [f"UPDATE {table} SET {key} = {key}"]
        )
    for table, columns in TEXTS.items():
        last = f"(SELECT max(seq) FROM {table})"
        ordered = [entry("redaction"), row("redaction", target_seq=last)]
        emptied = dict.fromkeys(("salt", *columns), "NULL")
        found[f"empty {table} without an order"] = Attack(
            f"{table}_no_update", [_set(table, emptied, last)]
        )
        for column in emptied:
            found[f"empty {table} but for {column}"] = Attack(
                f"{table}_no_update", [*ordered, _set(table, emptied | {column: "'x'"}, last)]
            )
    for table in ("entry", "head", *KEYS, *TEXTS):
        found[f"delete {table}"] = Attack(f"{table}_no_delete", [f"DELETE FROM {table}"])
    for table in (*KEYS, *TEXTS):
        found[f"replace {table}"] = Attack(
            f"{table}_no_replace", [f"REPLACE INTO {table} SELECT * FROM {table}"], sqlite=True
        )
    for name, about in SUBJECTS.items():
        other = "2" if name == "load" else "1"
        found[f"{name} without its entry"] = Attack(
            f"{name}_has_its_entry", [row(about.table, seq=other)]
        )
        if about.texts:
            found[f"{name}: texts of nothing"] = Attack(
                f"{about.text_table}_after_its_row", [row(about.text_table, seq="1")]
            )
    for table, columns in FREE.items():
        for column in columns:
            for what, value in (("a NUL", "'a' || char(0) || 'b'"), ("bytes", "x'61'")):
                found[f"{what} in {table}.{column}"] = Attack(
                    f"{table}_plain", _with(table, column, value), sqlite=True
                )
    for table, lengths in LENGTHS.items():
        for column, most in lengths.items():
            found[f"{table}.{column} too long"] = Attack(
                f"{table}_length", _with(table, column, f"'{'x' * (most + 1)}'")
            )
    for table, column, partial, ahead in DAYS:
        wrong = [
            "2019-02-29",
            "2019-04-31",
            "2019-13-01",
            "2019-01-00",
            "zzzz-zz-zz",
            "20190101",
            "0018-01-01",
            "2200-01-01",
            "",
        ]
        for value in [*wrong, *(["2019-13", "2019-1", "019"] if partial else ["2019-05", "2019"])]:
            found[f"{table}.{column}: « {value} »"] = Attack(
                f"{table}_{column}_day", write(table, **{column: f"'{value}'"})
            )
        if not ahead:
            found[f"{table}.{column} ahead"] = Attack(
                f"{table}_{column}_past", write(table, **{column: "'2026-03-04'"})
            )
    for name, about in SUBJECTS.items():
        if "rev" in about.facts:
            found[f"{name}: a revision too far"] = Attack(
                f"{name}_rev_small", write(name, rev="seq + 1")
            )
    return found


def _set(table: str, values: dict[str, str], seq: str) -> str:
    changes = ", ".join(f"{column} = {value}" for column, value in values.items())
    return f"UPDATE {table} SET {changes} WHERE seq = {seq}"


def _with(table: str, column: str, value: str) -> list[str]:
    """A row of a table in which one column holds that."""
    if table in SUBJECTS:
        return write(table, **{column: value})
    if table == "account":
        given = {"name": "'new'", "role": "'volunteer'", "created_at": "'2026'"} | {column: value}
        return [f"INSERT INTO account SELECT {', '.join(given.values())}"]
    if table in NEXT:
        return [following(table, **{column: value})]
    if table == "account_tie":
        return [change(table, **{column: value})]
    return texts(table.removesuffix("_text"), **{column: value})
