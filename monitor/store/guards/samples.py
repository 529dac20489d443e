"""A random sample: the plan first, then the dice, once."""

from monitor.store.guards.phrases import ADMINS, AUTHOR, Guard, role_of

_TABLES = ("sample_plan", "sample_seed", "sample_end")
_SAME = "pact_id = NEW.pact_id AND plan_id = NEW.plan_id"


def rules() -> list[Guard]:
    return [
        *(
            Guard(
                f"{table}_by_admin",
                "INSERT",
                table,
                f"{role_of(AUTHOR)} NOT IN {ADMINS}",
                f"{table}: only an admin writes it",
            )
            for table in _TABLES
        ),
        Guard(
            "sample_plan_of_a_pact",
            "INSERT",
            "sample_plan",
            "NOT EXISTS (SELECT 1 FROM pact WHERE pact_id = NEW.pact_id)",
            "sample_plan: of a pact",
        ),
        # Of two plans for the same dice, the one that pleases could be kept once they are thrown.
        Guard(
            "sample_plan_waits_alone",
            "INSERT",
            "sample_plan",
            "EXISTS (SELECT 1 FROM sample_plan p WHERE p.pact_id = NEW.pact_id "
            "AND NOT EXISTS (SELECT 1 FROM sample_seed s "
            "WHERE s.pact_id = p.pact_id AND s.plan_id = p.plan_id) "
            "AND NOT EXISTS (SELECT 1 FROM sample_end n "
            "WHERE n.pact_id = p.pact_id AND n.plan_id = p.plan_id))",
            "sample_plan: another one still waits for its seed",
        ),
        Guard(
            "sample_plan_says_dice",
            "INSERT",
            "sample_plan_text",
            "NEW.dice IS NULL",
            "sample_plan: the dice are named beforehand",
        ),
        *(
            Guard(
                f"{table}_of_a_plan",
                "INSERT",
                table,
                f"NOT EXISTS (SELECT 1 FROM sample_plan WHERE {_SAME})",
                f"{table}: of a plan",
            )
            for table in _TABLES[1:]
        ),
        Guard(
            "sample_seed_of_no_abandoned_plan",
            "INSERT",
            "sample_seed",
            f"EXISTS (SELECT 1 FROM sample_end WHERE {_SAME})",
            "sample_seed: of a plan that was not abandoned",
        ),
        Guard(
            "sample_end_says_why",
            "INSERT",
            "sample_end_text",
            "NEW.reason IS NULL",
            "sample_end: a reason is required",
        ),
    ]
