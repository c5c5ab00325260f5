"""What is built of many calls."""
