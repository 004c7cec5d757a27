"""The bundle: all that it takes to check an audit, in one file. Nothing here knows of stores."""
