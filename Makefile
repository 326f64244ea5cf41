# `make check` is all that has to hold before a change goes in; `make quick` while you work.
.PHONY: check lint quick

# The rooms where most changes show at once, without the long comparisons with brute force.
QUICK = tests/inputs/schema tests/inputs/spreadsheet tests/model tests/report/sentences tests/search/minimal_sets tests/search/packages \
	tests/checker/test_verify_rules.py tests/checker/test_verify_objectives.py \
	tests/report/test_terminal.py tests/report/comparing/test_comparing_terminal.py \
	tests/inputs/test_checks.py tests/inputs/test_all_at_once.py \
	tests/inputs/test_problem.py tests/test_docs.py tests/test_references.py tests/test_shell.py \
	tests/inputs/test_conditions.py tests/test_contributing.py tests/cli/test_tutorial.py

check: lint
	pytest

lint:
	ruff check .
	ruff format --check .
	mypy
	lint-imports --no-cache

quick:
	pytest -n 2 $(QUICK)
