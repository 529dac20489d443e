"""Where the project is, and what its tests read."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Databases that earlier versions wrote.
FIXTURES = ROOT / "tests" / "fixtures"
#: Pacts that differ from the packaged one in their number of measures, offices and signatories.
SHAPES = ROOT / "tests" / "shapes"
#: Where a thousand databases are made and dropped without asking anything of a disk.
_MEMORY = Path("/dev/shm")


def folder_in_memory() -> Path | None:
    """A folder that no disk is asked for, None where there is none, or where it is small."""
    roomy = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > 4 * 2**30
    return _MEMORY if roomy else None
