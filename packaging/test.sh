#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what the tests need, builds real Kubernetes servers once (a cache outside the tree keeps them), builds
# Quarterdeck and runs every test. Further arguments go to ctest: packaging/test.sh -L core
set -euo pipefail
cd "$(dirname "$0")/.."

packaging/setup.sh --test
if [[ -x tests/testbed/build.sh ]]; then
    tests/testbed/build.sh --fetch-go || echo "test: no real servers, the tests labelled real will say so" >&2
    # Tests that need kubectl alone look here, too.
    if servers=$(tests/testbed/build.sh --where 2>/dev/null); then
        export KUBEBUILDER_ASSETS=$servers
    fi
fi
cmake --preset dev
cmake --build --preset dev
ctest --preset dev "$@"
