"""Files that people write in YAML: read with the line of every fault, kept on a shelf."""
