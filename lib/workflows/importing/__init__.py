"""Recorded outputs of other programs as audits, and audits as data sets for others."""
