"""Evenhand: audit what a language model says about people."""

__version__ = "0.1.0"
