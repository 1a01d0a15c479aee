"""The GOV.UK Design System in Django: forms, components, times and tags. Knows nothing of the project."""
