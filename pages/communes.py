"""Cities: find one; then who signed, who was elected, and each measure with its evidence."""

from monitor.ui import city, find_city, frame
from monitor.ui.page_run import current_view, t

view = current_view()
code = view.filters.get("commune")
if code:
    city.show_city(view, code)
else:
    frame.show_heading(view, t("page.cities"))
    if view.in_departments or view.everybody.empty:
        find_city.find_city(view)
    else:
        find_city.find_signatory(view)
