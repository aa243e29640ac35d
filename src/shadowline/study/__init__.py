"""What would change it: policies held against one another on matched futures, claims put to the test."""
