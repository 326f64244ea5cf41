# `make check` is all that has to hold before a change goes in; `make quick` while you work.
.PHONY: check lint lock quick

# The rooms where most changes show at once, without the long comparisons with brute force.
QUICK = tests/schema tests/spreadsheet tests/model tests/explain tests/minimal_sets tests/packages \
	tests/verify/test_verify_rules.py tests/verify/test_verify_objectives.py \
	tests/report/test_terminal.py tests/comparing/test_comparing_terminal.py \
	tests/workspace/test_checks.py tests/workspace/test_all_at_once.py \
	tests/test_problem.py tests/test_docs.py tests/test_references.py tests/test_offers.py \
	tests/test_conditions.py tests/test_contributing.py tests/cli/test_tutorial.py

check: lint
	pytest

lint:
	ruff check .
	ruff format --check .
	mypy
	lint-imports

quick:
	pytest -n 2 $(QUICK)

# What .ci/run installs, by hash; needs pip-tools.
lock:
	pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --extra test \
		--no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
		--output-file requirements.lock pyproject.toml
