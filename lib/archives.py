"""Archives from elsewhere, read without trusting them: no path leaves, no bomb unpacks, nothing is a link."""
