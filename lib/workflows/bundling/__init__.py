"""Bundles: writing one, verifying one, and opening one beside the audits that are here."""
