"""What readers ask of the log: a page and a program get the same figures at the same address."""
