"""All tables that a run is made of: the only source of CSV, frames and sheets."""
