"""What is said about a model and its futures: documents for readers."""
