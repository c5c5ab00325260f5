"""Clients that know nothing of this SDK, on the sandbox: search, enrich, put into a list.

`make clients` runs them all in an environment of their own; `make test` those that it has.
"""
