# Run the checks, then all tests; fail if either does. The last line is the one of pytest.
# sh scripts/test.sh WORKERS [TESTS...]
cd "$(dirname "$0")/.." || exit 1

workers=$1
shift
.venv/bin/python -m scripts.install_test_servers || exit 1
if .venv/bin/python -m scripts.static_checks; then checks=0; else checks=1; fi
.venv/bin/python -m pytest -n "$workers" --maxprocesses 4 "$@" || exit 1
exit "$checks"
