#!/bin/sh
# Build the wheel, install it alone in a fresh environment at the pinned versions, and use it as a stranger would.
set -eu
python=${1:-python3}
root=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m venv "$work/build"
"$work/build/bin/python" -m pip install --quiet --disable-pip-version-check build
"$work/build/bin/python" -m build --wheel --outdir "$work/dist" "$root" >/dev/null
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check -c "$root/constraints.txt" "$work"/dist/*.whl
cd "$work"
venv/bin/provenance --version
venv/bin/provenance demo --to demo >/dev/null
test -s demo/report.html
venv/bin/provenance --db sqlite:///demo/provenance.db verify >/dev/null
echo "wheel: 1 passed, 0 failed"
