"""What needs a GraphQL library (extra `[schema]`): documents of the user's own, schema changes."""
