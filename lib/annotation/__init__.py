"""Annotation: codebooks, queues, masks and swaps, gold."""
