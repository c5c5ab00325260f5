"""One rate limit that many processes share, over Redis."""
