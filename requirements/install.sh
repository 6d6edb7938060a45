#!/bin/sh
# Installs locked requirements, from the checkout's top: sh requirements/install.sh PYTHON FILE
# uv does in seconds what takes pip a minute. It knows nothing of pip's settings, of an index within an organisation for
# one; so where it fails, pip does it.
set -eu
python=$1 file=$2
uv=.venv/bin/uv
[ -x "$uv" ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt \
    || echo "uv cannot be installed here: this takes some minutes."
"$uv" pip install --quiet --python "$python" --require-hashes -r "$file" \
    || "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$file"
