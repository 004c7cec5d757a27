"""Reports: from what is stored of an audit to documents, and from documents to files."""
