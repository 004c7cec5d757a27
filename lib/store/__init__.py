"""The store: the only SQL, and the one owner of the database."""
