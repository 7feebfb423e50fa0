#!/bin/sh
# Installs what is missing and nothing else: system packages, .venv, fonts. Run again, it only looks.
# With a list of its own, `sh tools/setup.sh tools/bench_packages.txt`, only the packages of that list.
set -eu
cd "$(dirname "$0")/.."
PATH="$PATH:/usr/sbin:/sbin"
LIST=${1:-tools/packages.txt}
STAMP=.venv/requirements.sha256

stop() {
    echo "setup: $*" >&2
    exit 1
}

listed() { # listed FIELD: that column of the package list
    sed -e '/^#/d' -e '/^[[:space:]]*$/d' "$LIST" | cut -d'|' -f"$1" | tr -d ' '
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        stop "needs root for: $*"
    fi
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 -qq \
        install --yes --no-install-recommends "$@"
}

install_packages() {
    wanted=$(listed 1)
    # shellcheck disable=SC2086  # one word per package
    present=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' $wanted 2>/dev/null | sed -n 's/ installed$//p' || true)
    missing=''
    for package in $wanted; do
        case "
$present
" in
        *"
$package
"*) ;;
        *) missing="$missing $package" ;;
        esac
    done
    [ -n "$missing" ] || return 0
    echo "setup: installing$missing"
    # shellcheck disable=SC2086
    apt_install $missing || {
        echo "setup: trying again with fresh package lists"
        as_root apt-get -o DPkg::Lock::Timeout=120 -qq update
        apt_install $missing
    }
}

has() { # has PROOF: whether this machine meets the need
    case $1 in
    cmd:*) command -v "${1#cmd:}" >/dev/null ;;
    lib:*) ldconfig -p 2>/dev/null | grep -qF "${1#lib:}" ;;
    pcsc:*) find /usr/lib*/pcsc /usr/local/lib*/pcsc -name "${1#pcsc:}" 2>/dev/null | grep -q . ;;
    gir:*) find /usr/lib /usr/local/lib -path '*girepository-1.0*' -name "${1#gir:}" 2>/dev/null | grep -q . ;;
    exec:*) find /usr/libexec /usr/lib -name "${1#exec:}" -type f 2>/dev/null | grep -q . ;;
    data:*) find /usr/share /usr/local/share -name "${1#data:}" -type f 2>/dev/null | grep -q . ;;
    font:*) find /usr/share/fonts /usr/local/share/fonts -name "${1#font:}" 2>/dev/null | grep -q . ;;
    *) stop "$LIST: unknown proof $1" ;;
    esac
}

prove_needs() {
    lacking=''
    for proof in $(listed 3); do
        has "$proof" || lacking="$lacking ${proof#*:}"
    done
    [ -z "$lacking" ] || stop "no apt-get here. On Debian and Ubuntu these packages are needed:" $(listed 1) \
        "- of them this machine lacks:$lacking"
}

is_new_enough() {
    "$1" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

make_environment() {
    if [ -x .venv/bin/python ] && is_new_enough .venv/bin/python; then
        return 0
    fi
    for candidate in python3.14 python3.13 python3.12 python3.11 python3 /usr/bin/python3; do
        if is_new_enough "$candidate"; then
            echo "setup: making .venv with $("$candidate" --version)"
            "$candidate" -m venv --clear .venv
            return 0
        fi
    done
    stop "needs Python 3.11 or newer with its venv module (package python3-venv)"
}

install_requirements() {
    wanted=$(sha256sum requirements.lock)
    if [ -f "$STAMP" ] && [ "$(cat "$STAMP")" = "$wanted" ]; then
        return 0
    fi
    echo "setup: installing requirements.lock"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
    echo "$wanted" >"$STAMP"
}

compile_modules() {
    # In /opt/kiosk nobody who runs the programs may write: without this each start would compile them anew.
    # A file that does not compile is told of by whatever needs it: `make check`, `make test`.
    .venv/bin/python -m compileall -qq -j 0 backend backend_client devices kiosk printer_templates tests tools || true
}

make_fonts() {
    # fonts.py renames whole files into place, so a file that is there is whole; these are its last.
    if [ -s var/fonts/NotoSansSC-Regular-Common.otf ] && [ -s var/fonts/NotoSansSC-Bold-Common.otf ] &&
        [ -s var/fonts/HanaMinB.ttf ]; then
        return 0
    fi
    echo "setup: taking the SC face out of the Noto collection"
    .venv/bin/python tools/fonts.py --out var/fonts >/dev/null
}

if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
    install_packages
else
    prove_needs
fi
[ $# = 0 ] || exit 0
make_environment
install_requirements
make_fonts
compile_modules
