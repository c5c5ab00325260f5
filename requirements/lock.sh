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

# Everything but Ray, which is larger than all the rest together.
extras='--extra arrow --extra cli --extra fast --extra fastapi --extra otel --extra parquet --extra postgres
    --extra redis --extra sandbox --extra schema'

# shellcheck disable=SC2086
{
    compile check pyproject.toml $extras --group build --group test --group queues --group check
    compile test pyproject.toml $extras --group build --group test --group queues -c requirements/check.txt
    compile run pyproject.toml --extra cli --extra sandbox --group build -c requirements/check.txt
    compile bench pyproject.toml $extras --group build --group bench -c requirements/check.txt
    compile proofs pyproject.toml $extras --group build --group test --group proofs -c requirements/check.txt
    compile engines pyproject.toml $extras --extra ray --group build --group test --group engines -c requirements/check.txt
    compile lowest pyproject.toml $extras --group build --group test --resolution lowest-direct
}
compile docs pyproject.toml $extras --group build --group docs -c requirements/check.txt
compile codegen --group codegen
