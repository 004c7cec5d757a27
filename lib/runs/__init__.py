"""Runs: the worker processes that execute cells."""
