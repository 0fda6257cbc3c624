#!/bin/sh
# Installs Debian's scikit-learn where it is missing and may be installed. SklearnTests run this.
/usr/bin/python3 -c 'import sklearn' 2>/dev/null && exit 0
command -v apt-get >/dev/null || { echo "there is no apt-get"; exit 1; }
[ "$(id -u)" = 0 ] || { echo "installing packages needs root"; exit 1; }
# Other tests install packages too, and two of apt-get at a time fail.
if command -v flock >/dev/null; then exec 9>"${TMPDIR:-/tmp}/softmaxgen-apt.lock" && flock 9; fi
export DEBIAN_FRONTEND=noninteractive
{ apt-get install -y --no-install-recommends python3-sklearn || { apt-get update && apt-get install -y --no-install-recommends python3-sklearn; }; } >/dev/null 2>&1 ||
  { echo "apt-get could not install python3-sklearn"; exit 1; }
