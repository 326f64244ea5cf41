"""A sweep: cases asked one by one, here or on other machines, and a journal of their answers."""
