"""Answers from hosted models. Only worker processes import what is in here: it loads the openai client."""
