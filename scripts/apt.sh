# Install Debian packages where that is allowed without asking; fail without a word where it is not.
# sh scripts/apt.sh PACKAGE...
cd "$(dirname "$0")/.." && . scripts/step.sh

command -v apt-get >/dev/null || exit 1
if [ "$(id -u)" -eq 0 ]; then
    sudo=
elif sudo -n true 2>/dev/null; then
    sudo="sudo -n"
else
    exit 1
fi

apt() {
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@" >"$log" 2>&1 </dev/null
}
install() {
    # The list of packages may be missing or old: then it is read, and a second try is made.
    apt install -y --no-install-recommends "$@" ||
        { apt update && apt install -y --no-install-recommends "$@"; } || { echo; cat "$log"; return 1; }
}

log=$(mktemp)
step "Installing $*" install "$@"
result=$?
rm -f "$log"
exit "$result"
