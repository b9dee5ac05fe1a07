# One long step for the other scripts: says what it does, a dot every two seconds, then its time.
# step WORDS COMMAND...   The command's own words (errors) are shown as they are.

step() {
    printf '%s ' "$1"
    shift
    started=$(date +%s)
    # The sleeper holds no pipe, or whoever reads our output would wait for it.
    (while sleep 2 >/dev/null 2>&1; do printf .; done) &
    dots=$!
    trap 'kill "$dots" 2>/dev/null' EXIT
    trap 'exit 130' INT TERM
    if "$@"; then result=0; else result=$?; fi
    kill "$dots" 2>/dev/null
    trap - EXIT INT TERM
    [ "$result" -eq 0 ] && echo " $(($(date +%s) - started)) s" || echo " failed"
    return "$result"
}
