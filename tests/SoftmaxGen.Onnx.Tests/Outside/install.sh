#!/usr/bin/env bash
# Installs the onnx package of Python (Debian's python3-onnx), unless it is there. Says which Python has it; says why not on the error output.
set -euo pipefail

python_with_onnx() {
    for python in python3 /usr/bin/python3; do
        if "$python" -c 'import onnx' 2>/dev/null; then
            echo "$python"
            return 0
        fi
    done
    return 1
}

# Other tests install packages too, and two of apt-get at a time fail.
install_python_onnx() (
    if command -v flock >/dev/null; then exec 9>"${TMPDIR:-/tmp}/softmaxgen-apt.lock" && flock 9; fi
    local as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo -n)
    local install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 -q install -y --no-install-recommends python3-onnx)
    "${install[@]}" || { "${as_root[@]}" apt-get -q update && "${install[@]}"; }
)

python_with_onnx >/dev/null || install_python_onnx >&2 || { echo "python3-onnx is not installed and apt-get cannot install it." >&2; exit 1; }

python_with_onnx
