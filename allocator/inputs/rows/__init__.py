"""What was read, row by row and part by part, as the schema has it."""
