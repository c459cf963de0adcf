#!/bin/sh
# What each extra adds to an installation, in MB, as docs/install.md states it. It takes minutes and a network.
# Usage: tools/sizes.sh FOLDER
set -eu
venv=$1/sizes
"${PYTHON:-python3}" -m venv "$venv"
megabytes() {
    "$venv/bin/python" -c 'import pathlib, sysconfig
folder = pathlib.Path(sysconfig.get_path("purelib"))
print(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6)'
}
before=$(megabytes)
for extra in "" fast keyring pdf video dask reader jupyter; do
    "$venv/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check ".${extra:+[$extra]}"
    after=$(megabytes)
    echo "${extra:-none} $before $after" | awk '{ printf "%-8s %6.1f MB\n", $1, $3 - $2 }'
    before=$after
done
