"""Everything beside the app: sheets, charts, feed, API, sign-in, health."""

from monitor.settings import keep_numpy_on_one_core

keep_numpy_on_one_core()
