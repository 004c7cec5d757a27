"""Models: the catalogue, and one file for each way to reach a model."""
