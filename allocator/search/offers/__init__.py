"""What offers are enough for, and what a plan asks beyond them."""
