"""The rules, one file each; their numbers are those of `docs/rules.md` and of the checker."""
