"""Word and PowerPoint files; loaded only when one is written."""
