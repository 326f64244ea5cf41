"""What a sweep is to ask: its file read, and held against the workspace."""
