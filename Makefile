# `make check` is all that has to hold before a change goes in; `make quick` while you work.
.PHONY: check coverage lint lock quick thorough

# The rooms where most changes show at once, without the long comparisons with brute force.
QUICK = tests/inputs/schema tests/inputs/spreadsheet tests/model tests/report/sentences tests/search/minimal_sets tests/search/packages \
	tests/checker/test_verify_rules.py tests/checker/test_verify_rules_on_tasks.py \
	tests/checker/test_verify_objectives.py \
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

# All workspaces that are compared with brute force, where `pytest` looks at every third.
thorough:
	ALLOCATOR_THOROUGH=1 pytest

# How much of search and checker their tests reach (branches count), and the least of it: of all
# together in pyproject.toml, of the checker here.
MEASURED = tests/search tests/engines tests/model tests/checker tests/analysis/second_opinions \
	tests/test_against_oracle.py tests/test_time_up.py tests/cli/test_verify_files.py \
	tests/cli/test_verify_forged.py

coverage:
	pytest --cov --cov-report= $(MEASURED)
	coverage report --include='allocator/checker/*' --fail-under=96
	coverage report

# What .ci/run installs, by hash; needs pip-tools.
lock:
	pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --extra test \
		--no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
		--output-file requirements.lock pyproject.toml
