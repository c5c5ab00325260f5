"""Answers as tables: which columns a kind of item has, and the same as Arrow."""
