"""Settings, addresses, and what starts the servers."""
