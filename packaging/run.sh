#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what Quarterdeck needs, builds it and opens it on the demo federation: packaging/run.sh
# Arguments, where there are any, go to quarterdeck in place of --demo.
set -euo pipefail
cd "$(dirname "$0")/.."

packaging/setup.sh
cmake --preset release -DQUARTERDECK_TESTS=OFF -DQUARTERDECK_BENCH=OFF
cmake --build --preset release
[[ $# -gt 0 ]] || set -- --demo

program=build/release/bin/quarterdeck
# A picture needs no display; a window does.
if [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-} || " $*" == *" --screenshot"* ]]; then
    exec "$program" "$@"
fi
cat <<TEXT

Quarterdeck is built, but there is no display here to open it on (neither DISPLAY nor WAYLAND_DISPLAY is set).
For a picture of its window instead:

    QT_QPA_PLATFORM=offscreen $program $* --size 1440x900 --screenshot quarterdeck.png
TEXT
