"""The verbs as terminal commands. Exit codes: 0 done, 1 something failed (the counts say what), 2 bad usage."""
