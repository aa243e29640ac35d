"""What happened: the event table, its schema and codebook, and the records that ship."""
