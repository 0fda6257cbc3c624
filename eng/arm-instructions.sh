#!/usr/bin/env bash
# Counts the instructions that kernels take a row on Arm: a NativeAOT program for Arm, run under qemu one instruction at a time. Of two runs, one does the work
# once more; the difference is counted. Prints Markdown. Arguments are pieces of work (bench/SoftmaxGen.Arm). Needs what .ci/run installs for Arm.
set -euo pipefail
cd "$(dirname "$0")/.."
rows=512
[ $# -gt 0 ] || set -- gradient product hessian batch-labels batch-probabilities label probabilities
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
dotnet publish bench/SoftmaxGen.Arm -c Release -p:Native=true -p:CppCompilerAndLinker=aarch64-linux-gnu-gcc -p:ObjCopyName=aarch64-linux-gnu-objcopy \
  -o "$work/program" -v q -clp:ErrorsOnly >&2
program="$work/program/SoftmaxGen.Arm"
aarch64-linux-gnu-objdump -d --no-show-raw-insn -j __managedcode "$program" > "$work/code"
read -r size start < <(aarch64-linux-gnu-objdump -h "$program" | awk '$2 == "__managedcode" { print $3, $4 }')
# Without a limit the garbage collector reserves more addresses than the emulator can look for.
export DOTNET_GCHeapHardLimit=20000000

# How often each instruction is run: its address, after the second slash of a line, and the number.
run() {
  mkfifo "$work/log"
  awk -F/ '/^Trace/ { n[$2]++ } END { for (a in n) { b = a; sub(/^0+/, "", b); print b, n[a] } }' "$work/log" > "$work/$3" &
  qemu-aarch64-static -singlestep -d exec,nochain -dfilter "0x$start+0x$size" -D "$work/log" "$program" "$1" "$2" "$rows" "$3" > /dev/null
  wait
  rm "$work/log"
}

# A spill is a vector register that is stored on the stack or loaded from there.
difference() {
  awk -v rows="$rows" '
    FNR == 1 { file++ }
    file == 1 { if ($1 ~ /:$/ && $0 ~ /\t(ldr|str|ldp|stp)\t[qd][0-9].*\[(sp|x29)/) { spills[substr($1, 1, length($1) - 1)] = 1 } next }
    file == 2 { before[$1] = $2; next }
    { n = $2 - before[$1]; all += n; if ($1 in spills) { spilled += n } }
    END { printf "%.0f (%.1f)", all / rows, spilled / rows }' "$work/code" "$work/1" "$work/2"
}

echo "| work | 3 x 4 | 4 x 8 | 2 x 30 | 10 x 16 | 10 x 64 | 26 x 16 | 10 x 16 float |"
echo "| :--- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
for what in "$@"; do
  line="| $what |"
  for model in 3x4 4x8 2x30 10x16 10x64 26x16 10x16-single; do
    # These have no Hessian.
    if [ "$what" = hessian ] && { [ $model = 10x64 ] || [ $model = 26x16 ]; }; then line+=" |"; continue; fi
    run "$model" "$what" 1
    run "$model" "$what" 2
    line+=" $(difference) |"
  done
  echo "$line"
done
