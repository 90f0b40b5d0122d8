#!/bin/sh
# Counts the crates that each library brings, itself among them: run and build dependencies
# on this machine.
cd "$(dirname "$0")" || exit
count() {
    number=$(cargo tree --locked --no-default-features --features "$1" \
        --edges normal,build --prefix none --no-dedupe |
        sed 's/ (.*//' | sort -u | grep -cv '^probes ')
    echo "$number $1"
}
for library in "$@"; do count "$library"; done
