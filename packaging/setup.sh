#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing on Debian 12, as root or through sudo. Quick when nothing is missing.
#   packaging/setup.sh [--build] [--test] [--ci] [--list]
# Groups are those of debian-packages.txt; --test includes --build, --ci includes both; no flag means --build.
# --list prints the missing packages and installs nothing.
set -euo pipefail
cd "$(dirname "$0")"

groups="build"
mode=install
for flag in "$@"; do
    case $flag in
    --build) ;;
    --test) [[ $groups == *ci* ]] || groups="build test" ;;
    --ci) groups="build test ci" ;;
    --list) mode=list ;;
    *)
        sed -n '4,6s/^# *//p' "$(basename "$0")" >&2
        exit 2
        ;;
    esac
done

wanted=$(awk -v groups="$groups" 'BEGIN { split(groups, g, " "); for (i in g) want[g[i]] = 1 } $1 in want { print $2 }' \
    debian-packages.txt)
command -v dpkg-query >/dev/null || {
    echo "setup.sh knows Debian only; elsewhere install the like of packaging/debian-packages.txt by hand" >&2
    exit 1
}
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort -u)
missing=$(comm -23 <(sort -u <<<"$wanted") <(echo "$installed"))

if [[ -z $missing ]]; then
    echo "setup: nothing is missing"
    exit 0
fi
if [[ $mode == list ]]; then
    echo "$missing"
    exit 0
fi

as_root=()
if [[ $(id -u) -ne 0 ]]; then
    command -v sudo >/dev/null || {
        echo "setup: needs root or sudo to install:" $missing >&2
        exit 1
    }
    as_root=(sudo)
fi
apt() {
    # shellcheck disable=SC2086
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 "$@" </dev/null
}
echo "setup: installing" $missing
# The package lists of this machine may be missing or stale: read them anew when they do not suffice.
# shellcheck disable=SC2086
install() { apt install --no-install-recommends $missing; }
# shellcheck disable=SC2086
apt-get -s install --no-install-recommends $missing >/dev/null 2>&1 || apt update
install || { apt update && install; }
