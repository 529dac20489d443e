"""One Chromium for all the tests here; each test has contexts of its own."""

import pytest

from tests.support import browser_pages as pages


@pytest.fixture(scope="package")
def chromium():
    """It ends where tests of other folders begin: while it runs, none can run an event loop."""
    with pages.chromium() as found:
        yield found


@pytest.fixture(scope="module")
def browser(chromium):
    """That Chromium. What the tests of a file have left open is closed after them."""
    yield chromium
    pages.give_all_back(chromium)


@pytest.fixture(scope="module")
def visitors(browser):
    """The context of those who read, whatever their screen, for the tests of a file."""
    context = pages.free_context(browser)
    yield context
    pages.give_back(context)
