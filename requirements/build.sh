#!/bin/sh
# Builds what is released into dist/: sdist, wheel, a bill of materials, and their checksums.
# Everything is built twice, the second time from a copy of the sdist: the same bytes have to come out.
set -eu
cd "$(dirname "$0")/.."
PYTHON=$PWD/.venv/bin/python
umask 022
export PYTHONHASHSEED=0

build() { (cd "$1" && "$PYTHON" -m hatchling build -t sdist -t wheel -d "$2" > /dev/null 2>&1); }

rm -rf dist build/again
mkdir -p dist build/again
build . "$PWD/dist"
tar -xzf dist/*.tar.gz -C build/again --strip-components=1
build build/again "$PWD/build/again/dist"
for file in dist/*; do
    cmp "$file" "build/again/$file" || { echo "$file: another build gives other bytes"; exit 1; }
done
rm -rf build/again

version=$("$PYTHON" -c 'import leadiq; print(leadiq.__version__)')
"$PYTHON" requirements/sbom.py requirements/engines.txt > "dist/leadiq_sdk-$version.cdx.json"

for file in "dist/leadiq_sdk-$version-py3-none-any.whl" "dist/leadiq_sdk-$version.tar.gz"; do
    "$PYTHON" - "$file" << 'END'
import sys, tarfile, zipfile
name = sys.argv[1]
inside = zipfile.ZipFile(name).namelist() if name.endswith(".whl") else tarfile.open(name).getnames()
assert any(each.endswith("leadiq/py.typed") for each in inside), f"{name}: no py.typed"
wrong = [each for each in inside if "__pycache__" in each or ".venv" in each or each.endswith(".db")]
assert not wrong, f"{name}: {wrong[0]}"
END
done
(cd dist && sha256sum -- * > SHA256SUMS)
cat dist/SHA256SUMS
