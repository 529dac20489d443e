"""One Chromium for all the tests here; each test opens contexts of its own."""

import pytest

from tests.support import browser_pages as pages


@pytest.fixture(scope="package")
def browser():
    with pages.chromium() as found:
        yield found


@pytest.fixture(scope="module")
def visitors(browser):
    """The context of those who read, whatever their screen, for the tests of a file."""
    context = pages.context_of(browser)
    yield context
    context.close()
