"""The joint plan: objectives in turn, and the tasks that lose out to others."""
