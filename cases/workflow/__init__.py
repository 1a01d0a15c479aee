"""The verbs on what is known: cases, people, two records that may be one, and a child linked with a risk."""
