"""What blocks a task: verdict, unlocking and blocking sets, what is necessary, gaps."""
