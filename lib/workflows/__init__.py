"""The verbs: what pages and the terminal ask for, each in one call."""
