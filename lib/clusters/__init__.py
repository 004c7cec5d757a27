"""Clusters: texts and vectors in, places, regions and words out. Nothing here knows of runs, stores or screens."""
