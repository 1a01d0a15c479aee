"""The pages of initial contact."""
