"""The client that users meet: one class, made of what it offers."""
