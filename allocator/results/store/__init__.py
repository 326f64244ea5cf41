"""A kept run, read back: nothing in its folder is believed before it was checked."""
