"""An audit's data as files for others: responses, scores, annotations and the tables of its report."""
