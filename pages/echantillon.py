"""A random sample: who was drawn, what is known of them since, and what that says of all."""

from monitor.ui import frame, sample
from monitor.ui.page_run import current_view, t
from monitor.ui.team import sampling

view = current_view()
frame.show_heading(view, t("page.sample"))
sample.show_sample(view)
sampling.show_planning(view)
