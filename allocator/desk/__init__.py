"""A workspace that is being edited, followed save by save, and shown on a page of this machine."""
