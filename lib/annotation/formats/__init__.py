"""Annotations as files, ours and other tools': bytes in, records out, and back."""
