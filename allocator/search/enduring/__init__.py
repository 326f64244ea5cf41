"""What is left of a plan once something is lost: the state of every task, and the nearest plan."""
