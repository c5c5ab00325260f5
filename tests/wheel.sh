#!/bin/sh
# Installs the built wheel alone, and with each extra alone, each in a fresh environment, and has it do
# its smallest task there: on Python 3.11 and on the newest that this machine has. Those between get
# the wheel alone.
#
#   PYTHONS="python3.11 python3.14" sh tests/wheel.sh     other interpreters than those that are found
#   EXTRAS="cli sandbox" sh tests/wheel.sh                only some of the extras
#   EXTRAS=ray sh tests/wheel.sh                          Ray, which is larger than all the rest together
#
# Versions come from the hash locks; needs an index for the dependencies.
set -eu
cd "$(dirname "$0")/.."
WORK=$PWD/.venv-wheel
EXTRAS=${EXTRAS:-cli sandbox parquet arrow fast otel redis schema fastapi postgres}
rm -rf "$WORK"
mkdir -p "$WORK"

sh requirements/build.sh > /dev/null
wheel=$(ls "$PWD"/dist/*.whl)
sdist=$(ls "$PWD"/dist/*.tar.gz)

# Every Python from 3.11 on, by its version: of the PATH, and of pyenv where that is used.
pythons() {
    for place in $(echo "$PATH" | tr : ' ') "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin; do
        for python in "$place"/python3.[0-9] "$place"/python3.[0-9][0-9]; do
            [ -x "$python" ] && "$python" -c '
import ensurepip, ssl, sys, venv
minor = sys.version_info.minor
if minor >= 11 and sys.implementation.name == "cpython": print(minor, sys.executable)' 2> /dev/null || true
        done
    done | sort -n -u -k 1,1 | cut -d " " -f 2
}
PYTHONS=${PYTHONS:-$(pythons)}
[ -n "$PYTHONS" ] || { echo "there is no Python 3.11 or newer with venv"; exit 1; }
oldest=$(echo $PYTHONS | tr ' ' '\n' | head -n 1)
newest=$(echo $PYTHONS | tr ' ' '\n' | tail -n 1)

# A lock with hashes constrains nothing without them: take its versions only.
sed -n 's/^\([a-z0-9.-]*\)\(\[[^]]*\]\)\{0,1\}\(==[^\\]*[^ \\]\) *\\*$/\1\3/p' requirements/engines.txt > "$WORK/versions.txt"

try() {
    python=$1 extra=$2 what=$3 code=$4
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    env=$WORK/$version-${extra:-$(basename "$what")}
    "$python" -m venv "$env"
    "$env/bin/python" -m pip install -qq --disable-pip-version-check \
        -c "$WORK/versions.txt" "$what${extra:+[$extra]}"
    (cd "$env" && PYTHONWARNINGS=error PYTHONDONTWRITEBYTECODE=1 bin/python -c "$code")
    rm -rf "$env"
    echo "Python $version, leadiq-sdk${extra:+[$extra]} $(case $what in *.gz) echo "from the sdist" ;; esac): ok"
}

MISSING='
import subprocess, sys
done = subprocess.run([sys.executable, "-m", "leadiq"], capture_output=True, text=True)
assert done.returncode == 2 and "leadiq-sdk[cli]" in done.stderr, done
'
alone="
import asyncio, importlib.resources, leadiq
from leadiq.types import SearchPeopleInput
assert leadiq.LeadIQ('not-a-real-key')
assert SearchPeopleInput(first_name='Ada').model_dump(exclude_unset=True)
assert importlib.resources.files('leadiq').joinpath('py.typed').is_file()
$MISSING"
cli="
import json, os, subprocess, sys
def leadiq(*words):
    return subprocess.run([sys.executable, '-m', 'leadiq', *words], capture_output=True, text=True)
assert leadiq('--version').stdout == __import__('leadiq').__version__ + '\n'
assert 'enrich' in leadiq('--help').stdout
assert 'complete ' in leadiq('completion', 'bash').stdout
os.environ.pop('LEADIQ_API_KEY', None)
found = leadiq('doctor', '--json', '--endpoint', 'http://127.0.0.1:9/graphql')
assert found.returncode == json.loads(found.stdout)['exit_code'] == 2, found"
sandbox="
import asyncio
from leadiq import LeadIQ
from leadiq.sandbox import Sandbox, SandboxSettings
$MISSING
async def main(sandbox):
    async with LeadIQ(sandbox.key, endpoint=sandbox.url) as leadiq:
        assert (await leadiq.account()).universal_plan.available
with Sandbox(SandboxSettings(people=100)) as sandbox:
    asyncio.run(main(sandbox))
from leadiq.testing import LocalSandbox, no_spend
async def free(sandbox):
    with no_spend(sandbox):
        async with sandbox.client() as leadiq:
            assert await leadiq.account()
with LocalSandbox() as sandbox:
    asyncio.run(free(sandbox))"
parquet="
import pyarrow, pyarrow.parquet
from leadiq._files.opening import open_source
pyarrow.parquet.write_table(pyarrow.table({'email': ['ada@example.com']}), 'in.parquet')
with open_source('in.parquet') as source:
    assert [record.cells for record in source.records()] == [['ada@example.com']]"
arrow="
from leadiq import to_arrow
from leadiq.types import PersonRecord
none = dict.fromkeys(('currentPositions', 'pastPositions', 'profiles', 'education'), [])
ada = {'id': 'PersonID-1', 'name': {'first': 'Ada', 'fullName': 'Ada'}, **none}
assert to_arrow([PersonRecord.model_validate(ada)]).num_rows == 1"

# A call over a server of the standard library, with whatever `SETTINGS` are.
call() {
    cat << END
import asyncio, http.server, threading
from leadiq import LeadIQ
class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_POST(self):
        self.rfile.read(int(self.headers['Content-Length']))
        body = b'{"data": {"account": null}}'
        self.send_response(200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_): pass
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Answer)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f'http://127.0.0.1:{server.server_port}/graphql'
async def main():
    async with LeadIQ('not-a-real-key', endpoint=url, $1) as leadiq:
        await leadiq.account()
        $2
asyncio.run(main())
server.shutdown()
server.server_close()
END
}
fast="$(call "" "assert leadiq._shared.transport.kind == 'fast'")"
otel="
from leadiq.otel import Telemetry
$(call "on_event=Telemetry()" "assert leadiq._shared.transport.kind == 'default'")"
redis="
import asyncio
from leadiq import ConnectError, FleetPacer, LeadIQ
async def main():
    at = 'redis://127.0.0.1:1'
    async with FleetPacer.from_url(at, key='not-a-real-key', limit=60, replicas=2, strict=True) as p:
        async with LeadIQ('not-a-real-key', pacer=p) as leadiq:
            try:
                await leadiq.account()
            except ConnectError as error:
                assert 'Redis does not answer' in str(error) and not error.sent, error
            else:
                raise AssertionError('answered without a Redis')
asyncio.run(main())"
schema="
from leadiq import LeadIQ, InputError
leadiq = LeadIQ('not-a-real-key')
assert leadiq.price('{ usage { subscription { status } } }').maximum == 0
try:
    leadiq.price('{ usage { subscripton { status } } }')
except InputError as error:
    assert 'subscription' in str(error), error
else:
    raise AssertionError('a misspelt field was taken')"
fastapi="
import asyncio
from fastapi import FastAPI
from leadiq import LeadIQ
from leadiq.fastapi import LeadIQDep, add_problem_handlers, health, lifespan
app = FastAPI(lifespan=lifespan(lambda: LeadIQ('not-a-real-key')))
add_problem_handlers(app)
app.add_api_route('/health', health)
async def main():
    async with app.router.lifespan_context(app): pass
asyncio.run(main())"
postgres="
from leadiq import Ledger
ledger = Ledger('march', 'postgresql://user:hush@127.0.0.1:1/db')
assert 'hush' not in repr(ledger)"
ray="
import leadiq.ray
assert leadiq.ray.enrich"

# Everything on one Python, one after the other.
run_on() {
    try "$1" "" "$wheel" "$alone"
    try "$1" "" "$sdist" "$alone"
    [ "$1" = "$oldest" ] || [ "$1" = "$newest" ] || return 0
    for extra in $EXTRAS; do
        eval "code=\$$extra"
        try "$1" "$extra" "$wheel" "$code"
    done
}

jobs=
for python in $PYTHONS; do
    run_on "$python" &
    jobs="$jobs $!"
done
for job in $jobs; do
    wait "$job"
done
