"""Charts: figures in, `alt.Chart` out, and nothing else."""
