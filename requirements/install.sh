#!/bin/sh
# Installs locked requirements: sh requirements/install.sh PYTHON FILE
# uv does in seconds what takes pip a minute. It knows nothing of pip's settings, of an index within an organisation for
# one; so where it fails, pip does it.
set -eu
python=$1 file=$2
uv=$(dirname "$python")/uv
[ -x "$uv" ] || "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt \
    || echo "uv cannot be installed here: this takes some minutes."
"$uv" pip install --quiet --python "$python" --require-hashes -r "$file" \
    || "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$file"
