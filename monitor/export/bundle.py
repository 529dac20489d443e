"""What an analyst cites and checks: a data package, the scripts that count its figures again, how to
cite it, and the digest of every file."""

import hashlib
import json
from pathlib import Path

from monitor import __version__
from monitor.export.content import Content
from monitor.export.files import ExportFolder
from monitor.export.licences import licence_address
from monitor.export.package import write_package

#: What counts the figures again, in Python and in R: each needs its language and nothing else.
SCRIPTS = (
    *("reproduce.py", "reproduce_rules.py", "reproduce_checks.py", "reproduce_curves.py"),
    *("reproduce_groups.py", "reproduce_samples.py", "reproduce_agreement.py"),
    "reproduce_entries.py",
    *("reproduce.R", "reproduce_rules.R", "reproduce_samples.R"),
)
FOLDER = Path(__file__).with_name("reproduce")
CITATION, SUMS = "CITATION.cff", "SHA256SUMS"
#: What it adds to a data package.
ADDED = (*SCRIPTS, CITATION, SUMS)


def write_bundle(out: ExportFolder, content: Content) -> None:
    """The data package, and ADDED; `sha256sum -c SHA256SUMS` checks all files but that one."""
    write_package(out, content, "bundle")
    for name in SCRIPTS:
        script = (FOLDER / name).read_bytes()
        out.path(name).write_bytes(script)
    out.path(CITATION).write_text(_citation(content), "utf-8")
    sums = [
        f"{hashlib.sha256((out.folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in sorted(out.files)
    ]
    out.path(SUMS).write_text("".join(sums), "utf-8")


def _citation(content: Content) -> str:
    """Citation File Format 1.2.0 (https://citation-file-format.github.io): JSON is YAML."""
    pact, about, address = content.pact, content.about, licence_address(content.pact.licence)
    fields = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "message": "Cite the head of the log: whoever has it can check that nothing was altered.",
        "title": pact.title,
        "authors": [{"name": pact.promoter}],
        "version": about["log_head"],
        "date-released": about["as_of"],
        "abstract": f"The pact and its figures on {about['as_of']}, counted by monitor {__version__}.",
        "license": pact.licence if address else None,
        "license-url": address,
    }
    kept = {name: value for name, value in fields.items() if value}
    return "".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in kept.items()
    )
