"""Outputs recorded by other programs, one file a format, and data sets for them. Nothing here knows of stores."""
