"""Reports as files: one file a format, each renders a `lib.types.Document`. Nothing here knows of runs."""
