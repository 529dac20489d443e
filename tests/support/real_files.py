"""Real files that are not the project's: a test that needs them says so where they are not."""

import gzip

import pytest

from tests.support.paths import ROOT

SHARED = ROOT.parent / "shared" / "data"


def real(path: str) -> bytes:
    """The content of a file of the shared folder; skips the test where it is not there."""
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"needs the real file {path}, which is not part of this project")
    content = file.read_bytes()
    return gzip.decompress(content) if file.suffix == ".gz" else content
