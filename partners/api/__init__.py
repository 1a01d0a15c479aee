"""What partner agencies use from their own systems (v1)."""
