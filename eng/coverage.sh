#!/usr/bin/env bash
# Runs the tests with coverlet and prints the coverage of lines and branches by folder: eng/coverage.sh [quick]. With `quick` it is the quick half of the tests,
# built before, as continuous integration runs it. Ranks of a job end at once and would write into one file of counts, so that their tests are left out.
set -euo pipefail
cd "$(dirname "$0")/.."
results="$(mktemp -d)"
trap 'rm -rf "$results"' EXIT
tests=(--filter "FullyQualifiedName!~MpiTests")
if [ "${1:-}" = quick ]; then
  tests=(--no-build --filter "FullyQualifiedName!~MpiTests&Category!=Slow")
fi
dotnet test --collect "XPlat Code Coverage" --settings eng/coverage.runsettings --results-directory "$results" "${tests[@]}"

# A line or a branch counts as covered where any of the test projects covers it. The files of generated code, other generators' too, and of tests are not measured.
find "$results" -name coverage.cobertura.xml -print0 | xargs -0 awk '
  function percent(part, whole) { return whole ? 100 * part / whole : 100 }
  function row(name, lines, ofLines, branches, ofBranches) {
    return sprintf("%-60s %6.1f %% of %5d lines  %6.1f %% of %5d branches", name, percent(lines, ofLines), ofLines, percent(branches, ofBranches), ofBranches)
  }
  /<source>/ { gsub(/.*<source>|<\/source>.*/, ""); source = $0 }
  /<class / { match($0, /filename="[^"]*"/); file = source substr($0, RSTART + 10, RLENGTH - 11); sub(/^.*\/_\//, "", file); inLines = 0; own = file !~ /\/obj\// }
  /<\/methods>/ { inLines = 1 }
  own && inLines && /<line / {
    match($0, /number="[0-9]+"/); key = file ":" substr($0, RSTART + 8, RLENGTH - 9)
    match($0, /hits="[0-9]+"/); hit = substr($0, RSTART + 6, RLENGTH - 7) > 0
    if (!(key in lines)) { lines[key] = 0; folder = file; sub(/\/[^\/]*$/, "", folder); of[key] = folder }
    if (hit) lines[key] = 1
    if (match($0, /\([0-9]+\/[0-9]+\)/)) {
      split(substr($0, RSTART + 1, RLENGTH - 2), part, "/")
      if (part[1] + 0 > taken[key] + 0) taken[key] = part[1]
      branches[key] = part[2]
    }
  }
  END {
    for (key in lines) {
      count[of[key]]++; covered[of[key]] += lines[key]; allBranches[of[key]] += branches[key]; takenBranches[of[key]] += taken[key]
      total++; totalCovered += lines[key]; totalBranches += branches[key]; totalTaken += taken[key]
    }
    for (folder in count) print row(folder, covered[folder], count[folder], takenBranches[folder], allBranches[folder]) | "sort"
    close("sort")
    print row("all", totalCovered, total, totalTaken, totalBranches)
  }'
