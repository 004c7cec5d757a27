"""Prompt banks: read, validate, import."""
