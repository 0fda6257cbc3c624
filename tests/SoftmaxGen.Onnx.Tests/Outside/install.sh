#!/usr/bin/env bash
# Installs what exported models are checked with, unless it is there: the onnx package of Python (Debian's python3-onnx) and ONNX Runtime (from
# npm, into the folder given as the only argument). Says where they are in lines of the form name=value; says why not on the error output.
set -euo pipefail
cache=$1
runtime_version=1.30.0

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

# The native runtime; where it does not load, the one for WebAssembly. The scripts of the packages fetch parts for graphics cards, which are not needed.
for package in onnxruntime-node onnxruntime-web; do
    if ! [ -f "$cache/$package-$runtime_version/done" ]; then
        mkdir -p "$cache/$package-$runtime_version"
        npm install --prefix "$cache/$package-$runtime_version" --ignore-scripts --no-audit --no-fund --loglevel error "$package@$runtime_version" >&2 || continue
        touch "$cache/$package-$runtime_version/done"
    fi
    if (cd "$cache/$package-$runtime_version" && node --input-type=module -e "await import('$package')") 2>/dev/null; then
        echo "python=$(python_with_onnx)"
        echo "runtime=$cache/$package-$runtime_version/node_modules/$package"
        exit 0
    fi
done
echo "ONNX Runtime cannot be installed from npm, or node cannot load it." >&2
exit 1
