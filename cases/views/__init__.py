"""Pages on people, households, searches, duplicates and children linked with a risk."""
