"""The API kit: tokens, the case endpoints, OpenAPI."""
