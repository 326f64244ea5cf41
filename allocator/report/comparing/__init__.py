"""The tables of a comparison, and what lays them out: files, the terminal, a workbook."""
