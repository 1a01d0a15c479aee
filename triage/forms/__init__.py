"""What an incident asks for, at each of its steps."""
