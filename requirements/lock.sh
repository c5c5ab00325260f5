#!/bin/sh
# Resolves pyproject.toml into the hash locks beside this file. Needs uv on the PATH.
# No lock names a host: they install from whatever index the machine is set up with.
set -eu
cd "$(dirname "$0")/.."

compile() {
    name=$1
    shift
    uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-strip-extras --generate-hashes \
        --custom-compile-command "make lock" --upgrade -o "requirements/$name.txt" "$@"
}

compile check pyproject.toml --all-extras --group build --group test --group check
compile test pyproject.toml --all-extras --group build --group test -c requirements/check.txt
compile run pyproject.toml --extra cli --extra sandbox --group build -c requirements/check.txt
compile bench pyproject.toml --all-extras --group build --group bench -c requirements/check.txt
compile proofs pyproject.toml --all-extras --group build --group test --group proofs -c requirements/check.txt
compile lowest pyproject.toml --all-extras --group build --group test --resolution lowest-direct
compile codegen --group codegen
