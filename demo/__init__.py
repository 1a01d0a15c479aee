"""A fictional force with invented people, set at the state the inspectors found."""
