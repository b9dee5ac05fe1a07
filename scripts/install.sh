# Set up .venv with the packages of one lock and this project; does nothing where that is done.
# sh scripts/install.sh LOCK   PYTHON=/path/to/python3.12 chooses another Python.
set -eu
cd "$(dirname "$0")/.." && . scripts/step.sh

lock=$1
made_from() { # what is installed depends on; the place counts because programs in .venv name it
    pwd -P
    cat "$1" pyproject.toml requirements.in | cksum
}
stamp() {
    echo ".venv/.made-from-$1"
}
[ -x .venv/bin/python ] && [ "$(cat "$(stamp "$lock")" 2>/dev/null)" = "$(made_from "$lock")" ] && exit 0

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}
pick_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        new_enough "$candidate" && { "$candidate" -c 'import sys; print(sys.executable)'; return; }
    done
    echo "Python 3.11 or newer is needed and was not found: install it, or say PYTHON=/path/to/it." >&2
    return 1
}
make_environment() {
    if ! "$python" -c 'import venv; from ensurepip import version' 2>/dev/null; then
        package=python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv
        sh scripts/apt.sh "$package" || {
            echo "Python's venv is missing. Please install it: sudo apt install $package" >&2
            return 1
        }
    fi
    rm -rf .venv
    step "Making the virtual environment .venv" "$python" -m venv .venv
}
pip() { # errors only
    .venv/bin/python -m pip -qq --disable-pip-version-check --no-input install --progress-bar off "$@"
}

# An environment that was moved, or whose Python is gone, is made anew.
if [ "$(.venv/bin/python -c 'import sys; print(sys.prefix)' 2>/dev/null)" != "$(pwd -P)/.venv" ] ||
    ! grep -qsF "$(pwd -P)/" .venv/bin/pip || ! new_enough .venv/bin/python; then
    python=$(pick_python)
    make_environment
fi
rm -f .venv/.made-from-*
step "Installing the packages of $lock (a minute or two the first time)" pip --require-hashes -r "$lock"
step "Installing the navigator command" pip --no-deps --no-build-isolation -e .
made_from "$lock" >"$(stamp "$lock")"
# Whoever has what the tests need has what the application needs, in the same versions.
made_from requirements.lock >"$(stamp requirements.lock)"
