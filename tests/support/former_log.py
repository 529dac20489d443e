"""A log of an earlier version of the program, and the head that it has."""

from tests.support.paths import FIXTURES

#: A log of 27 November 2026 with entries of every subject, before any column came later.
BEFORE = FIXTURES / "log_of_every_subject.db.gz"
HEAD = "70:6417d16c34445339da1678e52257f3303abe50f4ab13b45eeb5f1802cc1c80fa"
