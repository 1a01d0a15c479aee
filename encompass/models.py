"""Operation Encompass: a school is told before the child comes through its gate."""
