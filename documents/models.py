"""Photos and papers that belong to a record: checked, encrypted, guarded and logged like the record."""
