"""Everything beside the app: sheets, charts, feed, API, sign-in, health."""
