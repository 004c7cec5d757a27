"""Statistics: arrays in, frozen dataclasses out. Nothing here knows of runs, stores or screens."""
