"""Mutation testing: breaks the pure modules one step at a time; a test has to fail each time."""
