"""What a run tells its readers: tables, files, the terminal. It lays out, computes nothing."""
