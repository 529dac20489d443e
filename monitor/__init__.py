"""Commitments monitor: one log, one fold, thin pages."""

__version__ = "0.3.0"
