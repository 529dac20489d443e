"""The columns of the contract's files, in its order: the same in code, tables and headers."""

COLUMNS = {
    "signatories": (
        "signatory_id",
        "name",
        "commune",
        "signed_on",
        "list",
        "outcome",
        "due_on",
        "measures",
        "source_url",
    ),
    "mandates": (
        "signatory_id",
        "office",
        "started_on",
        "ended_on",
        "end_reason",
        "source_url",
    ),
    "actions": (
        "action_id",
        "signatory_id",
        "measure",
        "happened_on",
        "kind",
        "status",
        "summary",
        "source_kind",
        "source_title",
        "source_publisher",
        "source_url",
        "archive_url",
        "quote",
        "supersedes",
        "reason",
        "recorded_by",
    ),
    "areas": (
        "code",
        "name",
        "department_code",
        "department",
        "region_code",
        "region",
        "epci",
        "population",
        "latitude",
        "longitude",
    ),
}
#: The columns of the files that are published. `recorded_by` is a free text that may name a person:
#: it is taken from files, and given to nobody.
OPEN = {**COLUMNS, "actions": tuple(name for name in COLUMNS["actions"] if name != "recorded_by")}
REQUIRED = {
    "signatories": frozenset({"signatory_id", "name", "commune"}),
    "mandates": frozenset({"signatory_id", "office", "started_on"}),
    "actions": frozenset({"action_id", "signatory_id", "measure", "happened_on"}),
    "areas": frozenset({"code", "name"}),
}
#: What identifies a row within its file.
KEYS = {
    "signatories": ("signatory_id",),
    "mandates": ("signatory_id", "office", "started_on"),
    "actions": ("action_id",),
    "areas": ("code",),
}
