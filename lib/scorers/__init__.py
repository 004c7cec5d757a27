"""Scorers: each gives numbers or a label to one response. One file a scorer; each registers itself."""
