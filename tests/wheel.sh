#!/bin/sh
# Builds the wheel, and installs it alone and with each extra alone, each in a fresh environment.
# Versions come from the hash locks; needs an index for the dependencies.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
WORK=.venv-wheel
rm -rf $WORK dist
mkdir -p $WORK

.venv/bin/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation \
    --wheel-dir dist .
wheel=$(ls dist/*.whl)

# A lock with hashes constrains nothing without them: take its versions only.
sed -n 's/^\([a-z0-9.-]*==[^ ;\\]*\).*/\1/p' requirements/test.txt > $WORK/versions.txt

try() {
    extra=$1 code=$2
    env=$WORK/${extra:-alone}
    $PYTHON -m venv "$env"
    "$env/bin/python" -m pip install --quiet --disable-pip-version-check \
        -c $WORK/versions.txt "$wheel${extra:+[$extra]}"
    (cd $WORK && PYTHONWARNINGS=error "../$env/bin/python" -c "$code")
    echo "leadiq-sdk${extra:+[$extra]}: ok"
}

MISSING='
import subprocess, sys
done = subprocess.run([sys.executable, "-m", "leadiq"], capture_output=True, text=True)
assert done.returncode == 2 and "leadiq-sdk[cli]" in done.stderr, done
'
try "" "
import asyncio, leadiq
from leadiq.types import SearchPeopleInput
assert leadiq.LeadIQ('not-a-real-key')
assert SearchPeopleInput(first_name='Ada').model_dump(exclude_unset=True)
$MISSING"
try cli "
import subprocess, sys
subprocess.run([sys.executable, '-m', 'leadiq', '--version'], check=True)
subprocess.run([sys.executable, '-m', 'leadiq', '--help'], check=True, stdout=subprocess.DEVNULL)"
try sandbox "
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
try parquet "
import pyarrow, pyarrow.parquet
from leadiq._files.opening import open_source
pyarrow.parquet.write_table(pyarrow.table({'email': ['ada@example.com']}), 'in.parquet')
with open_source('in.parquet') as source:
    assert [record.cells for record in source.records()] == [['ada@example.com']]"

# A call over a server of the standard library, with whatever `SETTINGS` are.
call() {
    cat <<END
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
try fast "$(call "" "assert leadiq._shared.transport.kind == 'fast'")"
try otel "
from leadiq.otel import Telemetry
$(call "on_event=Telemetry()" "assert leadiq._shared.transport.kind == 'default'")"
try redis "
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
try schema "
from leadiq import LeadIQ, InputError
leadiq = LeadIQ('not-a-real-key')
assert leadiq.price('{ usage { subscription { status } } }').maximum == 0
try:
    leadiq.price('{ usage { subscripton { status } } }')
except InputError as error:
    assert 'subscription' in str(error), error
else:
    raise AssertionError('a misspelt field was taken')"
