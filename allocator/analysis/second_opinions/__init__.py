"""A kept run asked again, by other engines than those that answered."""
