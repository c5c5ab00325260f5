"""A job that is killed at any point, and gone on with, against a server that keeps a ledger."""
