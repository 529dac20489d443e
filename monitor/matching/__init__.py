"""Signatories in a register of elected officials: which name is whose, and what follows from it."""
