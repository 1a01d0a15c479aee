"""Strategy meetings: agencies decide together whether a child is suffering, or likely to suffer, significant harm."""
