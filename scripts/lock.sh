# Make the three locks again, in an environment that is thrown away: plain versions with hashes.
# UPGRADE=1 takes the newest versions; else what is locked stays unless it has to change.
set -eu
cd "$(dirname "$0")/.." && . scripts/step.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

compile() { # NAME [CONSTRAINT...]: the other locks hold the same versions as the first
    name=$1
    shift
    cp "$name.lock" "$work/$name.lock" 2>/dev/null || true
    "$work/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-annotate --no-header --no-emit-index-url ${UPGRADE:+--upgrade} \
        "$name.in" "$@" -o "$work/$name.lock" >/dev/null
}
tool() {
    "${PYTHON:-python3}" -m venv "$work"
    "$work/bin/python" -m pip -qq --disable-pip-version-check install uv
}

step "Getting uv" tool
step "requirements.lock" compile requirements
step "requirements-dev.lock" compile requirements-dev -c "$work/requirements.lock"
step "requirements-bench.lock" compile requirements-bench -c "$work/requirements.lock"
mv "$work"/*.lock .
