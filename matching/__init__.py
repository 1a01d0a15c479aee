"""Who may be the same person: pure rules on what is written of two people, with no database and no Django."""
