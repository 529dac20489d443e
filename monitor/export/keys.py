"""What identifies a row of each published table, and what a row names in others."""

from monitor.export.analysis_fields import KEYS_OF_ANALYSES
from monitor.schema import KEYS

#: Foreign keys: columns here, the table that has them, columns there.
Foreign = tuple[tuple[str, ...], str, tuple[str, ...]]
PRIMARY: dict[str, tuple[str, ...]] = {
    "pact": ("id",),
    "measures": ("id",),
    **KEYS,
    "signed_areas": ("code",),
    "entries": ("action_id",),
    "commitments": ("signatory_id", "measure"),
    "indicators": ("grouping", "code"),
    "indicators-measure": ("measure",),
    "indicators-commune": ("commune",),
    "indicators-size": ("size",),
    **KEYS_OF_ANALYSES,
    "dictionary": ("file", "column"),
}
FOREIGN: dict[str, tuple[Foreign, ...]] = {
    "measures": ((("parent",), "measures", ("id",)),),
    "mandates": ((("signatory_id",), "signatories", ("signatory_id",)),),
    **{
        file: (
            (("signatory_id",), "signatories", ("signatory_id",)),
            (("measure",), "measures", ("id",)),
        )
        for file in ("answers", "details")
    },
    "actions": (
        (("signatory_id", "measure"), "commitments", ("signatory_id", "measure")),
        (("signatory_id",), "signatories", ("signatory_id",)),
        (("measure",), "measures", ("id",)),
        (("supersedes",), "actions", ("action_id",)),
    ),
    "sources": ((("action_id",), "actions", ("action_id",)),),
    "entries": (
        (("action_id",), "actions", ("action_id",)),
        (("signatory_id", "measure"), "commitments", ("signatory_id", "measure")),
    ),
    "commitments": (
        (("signatory_id",), "signatories", ("signatory_id",)),
        (("measure",), "measures", ("id",)),
    ),
    "indicators-measure": ((("measure",), "measures", ("id",)),),
    **{
        table: ((("plan_id",), "sample_plans", ("plan_id",)),)
        for table in ("sample", "sample_estimates", "agreement", "agreement_pairs")
    },
    "sample_changes": tuple(
        ((name,), "sample_plans", ("plan_id",)) for name in ("since_plan", "plan_id")
    ),
}
