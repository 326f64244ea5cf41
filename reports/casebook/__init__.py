"""The casebook: what the source report says, asked of the reference case.

`write_reference.py` beside it writes the answers to `reports/reference/`.
"""
