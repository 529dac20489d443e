"""What is written is about what there is."""

from monitor.models import Office
from monitor.store.guards.phrases import Guard, sql_list
from monitor.store.retracted import KEYS_OF, retractions
from monitor.store.subjects import ABOUT_PEOPLE, SUBJECTS


def rules() -> list[Guard]:
    texts = ", ".join(f"'{name}'" for name, about in SUBJECTS.items() if about.texts)
    unknown = (
        "NOT EXISTS (SELECT 1 FROM signatory WHERE pact_id = NEW.pact_id "
        "AND signatory_id = NEW.signatory_id)"
    )
    return [
        Guard(
            "commitment_numbered",
            "INSERT",
            "commitment",
            "NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM commitment)",
            "commitment: numbered one after the other",
        ),
        Guard(
            "commitment_of_a_signatory",
            "INSERT",
            "commitment",
            unknown,
            "commitment: of a signatory",
        ),
        *(
            Guard(
                f"{table}_to_a_measure",
                "INSERT",
                table,
                "NOT EXISTS (SELECT 1 FROM pact p WHERE p.pact_id = NEW.pact_id AND "
                f"replace(p.measures, '\"id\":\"' || NEW.{column} || '\"', '') <> p.measures)",
                f"{table}: to a measure of the pact",
            )
            for table, column in (
                ("commitment", "measure_id"),
                *((one, "measure") for one in ABOUT_PEOPLE if "measure" in SUBJECTS[one].facts),
            )
        ),
        *(
            Guard(f"{table}_of_a_signatory", "INSERT", table, unknown, f"{table}: of a signatory")
            for table in ABOUT_PEOPLE
        ),
        Guard(
            "mandate_in_an_office",
            "INSERT",
            "mandate",
            "NOT EXISTS (SELECT 1 FROM pact p WHERE p.pact_id = NEW.pact_id AND "
            "replace(p.offices, '\"code\":\"' || NEW.office || '\"', '') <> p.offices)",
            "mandate: in an office of the pact",
            only=f"NEW.office NOT IN {sql_list([*Office])}",
        ),
        Guard(
            "source_of_an_action",
            "INSERT",
            "source",
            "NOT EXISTS (SELECT 1 FROM action WHERE pact_id = NEW.pact_id "
            "AND action_id = NEW.action_id)",
            "source: of an action",
        ),
        Guard(
            "redaction_of_texts",
            "INSERT",
            "redaction",
            f"NOT EXISTS (SELECT 1 FROM entry WHERE seq = NEW.target_seq AND subject IN ({texts}))",
            "redaction: of an entry with texts",
        ),
        Guard(
            "row_withdrawal_of_a_row",
            "INSERT",
            "row_withdrawal",
            "NOT EXISTS (SELECT 1 FROM entry WHERE seq = NEW.target_seq AND subject IN "
            f"{sql_list(tuple(KEYS_OF))})",
            "row_withdrawal: of a row that a file brought",
        ),
        Guard(
            "row_withdrawal_once",
            "INSERT",
            "row_withdrawal",
            " OR ".join(
                f"EXISTS (SELECT 1 FROM {table} t WHERE t.seq = NEW.target_seq "
                f"AND EXISTS ({retractions(table)}))"
                for table in KEYS_OF
            ),
            "row_withdrawal: of what was retracted already",
        ),
        Guard(
            "row_withdrawal_says_why",
            "INSERT",
            "row_withdrawal_text",
            "NEW.reason IS NULL",
            "row_withdrawal: a reason is required",
        ),
        Guard(
            "link_check_says_of_what",
            "INSERT",
            "link_check_text",
            "NEW.url IS NULL OR NEW.status IS NULL",
            "link_check: an address and what was said of it are required",
        ),
    ]


def sqlite_rules() -> list[Guard]:
    """What PostgreSQL keeps by its foreign keys: SQLite checks them only where a connection asks for
    it, and an intruder's would not."""
    return [
        Guard(
            "action_of_a_commitment",
            "INSERT",
            "action",
            "NOT EXISTS (SELECT 1 FROM commitment WHERE id = NEW.commitment_id "
            "AND pact_id = NEW.pact_id)",
            "action: about a commitment",
        ),
        *(
            Guard(
                f"{table}_of_a_commitment",
                "INSERT",
                table,
                "NOT EXISTS (SELECT 1 FROM commitment WHERE id = NEW.commitment_id "
                "AND pact_id = NEW.pact_id)",
                f"{table}: about a commitment",
            )
            for table in ("reply_request", "rating")
        ),
        Guard(
            "review_of_an_action",
            "INSERT",
            "review",
            "NOT EXISTS (SELECT 1 FROM action WHERE seq = NEW.action_seq)",
            "review: of an action",
        ),
        *(
            Guard(
                f"{about.text_table}_after_its_row",
                "INSERT",
                about.text_table,
                f"NOT EXISTS (SELECT 1 FROM {about.table} WHERE seq = NEW.seq)",
                f"{about.text_table}: its row comes first",
            )
            for about in SUBJECTS.values()
            if about.texts
        ),
    ]
