"""Where the project is, and what its tests read."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Databases that earlier versions wrote.
FIXTURES = ROOT / "tests" / "fixtures"
#: Pacts that differ from the packaged one in their number of measures, offices and signatories.
SHAPES = ROOT / "tests" / "shapes"
