"""The time at which the databases of the tests are made."""

from datetime import UTC, datetime

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
