"""Prompt grids: from a bank to matched sets and cells, and what a run of them will take."""
