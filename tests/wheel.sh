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
    asyncio.run(main(sandbox))"
