# Sourced by ./run and ./check from the repository's root: makes .venv as one of the two locks says.
# shellcheck shell=sh

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

as_root_with_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

apt_install() {
    # A list that cannot be refreshed may still serve; the install tells.
    apt-get update -qq >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o DPkg::Lock::Timeout=300 "$@" >/dev/null
}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for python in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if is_new_enough "$python"; then
            return
        fi
    done
    found=$("${PYTHON:-python3}" --version 2>/dev/null || echo "no Python / 未找到 Python")
    fail "需要 Python 3.11 或更高版本 / Python 3.11 or newer is needed; found: $found"
}

find_venv_module() {
    if "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        return
    fi
    # Debian ships them apart from Python, one package for each version.
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if as_root_with_apt; then
        say "正在安装 / Installing: python$version-venv"
        apt_install "python$version-venv" && return
    fi
    fail "缺少 venv 模块，请先执行 / The venv module is missing; first run: sudo apt-get install python$version-venv"
}

# What .venv must have been made from, in one line; a changed lock or another Python changes it.
fingerprint() {
    "$1" -c '
import hashlib, sys
files = [open(name, "rb").read() for name in ("requirements.txt", "requirements-dev.txt")]
print(hashlib.sha256(b"".join(files)).hexdigest(), *sys.version_info[:3])'
}

# True where .venv holds at least `$1`: the development lock contains the other.
is_set_up() {
    stamp=$(cat .venv/stamp 2>/dev/null) || return 1
    wanted=$(fingerprint .venv/bin/python 2>/dev/null) || return 1
    [ "$stamp" = "dev $wanted" ] || [ "$stamp" = "$1 $wanted" ]
}

# Shows how far pip has come: a counter on a terminal, nothing in a log. Ends with pip's exit status.
show_progress() {
    total=$1 count=0 status=1
    while IFS= read -r line; do
        case $line in
            'Collecting '*) count=$((count + 1)) ;;
            'exit '*) status=${line#exit } ;;
        esac
        if [ -t 1 ]; then
            printf '\r  %d / %d ' "$count" "$total"
        fi
    done
    if [ -t 1 ]; then
        printf '\r                \r'
    fi
    return "$status"
}

install_lock() {
    lock=$1
    {
        PIP_USER=0 PYTHONUNBUFFERED=1 .venv/bin/python -m pip install --disable-pip-version-check --no-input \
            --require-hashes -r "$lock" 2>&1 && echo 'exit 0' || echo 'exit 1'
    } | tee .venv/setup.log | show_progress "$(grep -c '==' "$lock")"
}

# set_up runtime | set_up dev
set_up() {
    if is_set_up "$1"; then
        return
    fi
    case $1 in
        dev) lock=requirements-dev.txt ;;
        *) lock=requirements.txt ;;
    esac
    find_python
    find_venv_module
    say "正在准备运行环境，首次约需一分钟 / Setting up .venv from $lock (a minute the first time)"
    # A finished .venv of the same Python is brought up to date; one that broke off, or whose Python went, is not
    # to be trusted.
    if ! [ -e .venv/stamp ] || ! is_new_enough .venv/bin/python; then
        "$python" -m venv --clear .venv || fail "无法创建 .venv / Cannot make .venv in $(pwd)"
    fi
    rm -f .venv/stamp
    if ! install_lock "$lock"; then
        tail -n 5 .venv/setup.log >&2
        fail "依赖安装失败，详见 / Installing failed; the whole log: $(pwd)/.venv/setup.log"
    fi
    # Last, so that an install that broke off is done again.
    say "$1 $(fingerprint .venv/bin/python)" >.venv/stamp
}
