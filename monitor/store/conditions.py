"""What guards ask of an entry that is about to be written, in SQL that both engines read."""

#: The communes that the rows of the file `:load` are about, or were about in another version.
COMMUNES_OF_FILE = """
    SELECT s.commune FROM entry e JOIN signatory r ON r.seq = e.seq
    JOIN signatory s ON s.pact_id = r.pact_id AND s.signatory_id = r.signatory_id
    WHERE e.load_seq = :load
    UNION SELECT s.commune FROM entry e JOIN mandate m ON m.seq = e.seq
    JOIN signatory s ON s.pact_id = m.pact_id AND s.signatory_id = m.signatory_id
    WHERE e.load_seq = :load
    UNION SELECT s.commune FROM entry e JOIN action r ON r.seq = e.seq
    JOIN action a ON a.pact_id = r.pact_id AND a.action_id = r.action_id
    JOIN commitment c ON c.id = a.commitment_id
    JOIN signatory s ON s.pact_id = c.pact_id AND s.signatory_id = c.signatory_id
    WHERE e.load_seq = :load
"""
#: Who wrote the entry at hand, and on what day.
AUTHOR = "(SELECT author FROM entry WHERE seq = NEW.seq)"
TODAY = "substr((SELECT recorded_at FROM entry WHERE seq = NEW.seq), 1, 10)"


def role_of(name: str) -> str:
    """The present role of an account, as SQL."""
    return (
        "coalesce((SELECT role FROM account_change WHERE id = (SELECT max(id) FROM account_change "
        f"WHERE name = {name})), (SELECT role FROM account WHERE name = {name}))"
    )


#: Whether an action supersedes one that never was about the same signatory (a retraction: about the
#: same commitment).
SUPERSEDES_ANOTHER = (
    "NEW.supersedes IS NOT NULL AND NOT EXISTS (SELECT 1 FROM action t "
    "JOIN action v ON v.pact_id = t.pact_id AND v.action_id = t.action_id "
    "JOIN commitment c ON c.id = v.commitment_id JOIN commitment n ON n.id = NEW.commitment_id "
    "WHERE t.seq = NEW.supersedes AND c.pact_id = n.pact_id AND c.signatory_id = n.signatory_id "
    "AND (NEW.kind <> 'retraction' OR c.measure_id = n.measure_id))"
)


def conflict(commitments: str) -> str:
    """Whether the author of the entry may not rate the commune of one of these commitments, as SQL."""
    return (
        "EXISTS (SELECT 1 FROM account_commune) AND EXISTS (SELECT 1 FROM account_commune o "
        "JOIN signatory s ON s.commune = o.commune "
        "JOIN commitment c ON c.pact_id = s.pact_id AND c.signatory_id = s.signatory_id "
        f"WHERE o.name = {AUTHOR} AND c.id IN ({commitments}))"
    )


def tied(commune: str, join: str = "") -> str:
    """Whether the author of the entry is tied to a commune, as SQL."""
    return (
        "EXISTS (SELECT 1 FROM account_commune) AND EXISTS (SELECT 1 FROM account_commune o "
        f"{join} WHERE o.name = {AUTHOR} AND o.commune = {commune})"
    )


def tied_file() -> str:
    """Whether the author of the entry is tied to a commune of a file, as SQL."""
    communes = COMMUNES_OF_FILE.replace(":load", "NEW.load_seq")
    return (
        f"EXISTS (SELECT 1 FROM account_commune o WHERE o.name = {AUTHOR}) AND EXISTS ("
        f"SELECT 1 FROM account_commune o WHERE o.name = {AUTHOR} AND o.commune IN ({communes}))"
    )
