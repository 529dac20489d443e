"""What readers ask of the log, on a page or by a program: one address, one view, the same figures."""
