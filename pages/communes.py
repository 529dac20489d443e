"""Cities: find one; then who signed, who was elected, and each measure with its evidence."""

from monitor.ui import city, frame
from monitor.ui.view import current, t

view = current()
code = view.filters.get("commune")
if code:
    city.show(view, code)
else:
    frame.heading(view, t("page.cities"))
    city.find(view)
