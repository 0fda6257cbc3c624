#!/usr/bin/env bash
# What models cost a real build: `dotnet build` of projects with models of different shapes, nothing shared and nothing kept between builds. Prints Markdown;
# arguments are the numbers of models. Needs GNU time.
set -euo pipefail
cd "$(dirname "$0")/.."
root="$PWD"
[ $# -gt 0 ] || set -- 0 1 10 50
dotnet build src/SoftmaxGen -c Release -f net10.0 -v q -clp:ErrorsOnly >&2
dotnet build generator/SoftmaxGen.Generator -c Release -v q -clp:ErrorsOnly >&2
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > User.csproj <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
  </PropertyGroup>
  <ItemGroup>
    <Reference Include="$root/src/SoftmaxGen/bin/Release/net10.0/SoftmaxGen.dll" />
    <Analyzer Include="$root/generator/SoftmaxGen.Generator/bin/Release/netstandard2.0/SoftmaxGen.Generator.dll" />
  </ItemGroup>
</Project>
EOF

echo "| models | CPU seconds | peak MB of a process | IL, KB | CPU seconds a further model | MB a further model |"
echo "| -----: | ----------: | -------------------: | -----: | --------------------------: | -----------------: |"
dotnet restore -v q >&2
first=""
for models in "$@"; do
  for ((i = 0; i < models; i++)); do
    echo "[SoftmaxGen.SoftmaxModel(Classes = $((2 + i * 7 % 12)), Features = $((1 + i * 13 % 64)))] public sealed partial class Model$i;"
  done > Models.cs
  /usr/bin/time -o time -f '%U %S %M' dotnet build --no-restore --no-incremental -m:1 -nodeReuse:false -p:UseSharedCompilation=false -v q -clp:ErrorsOnly >&2
  read -r user system peak < <(tail -n 1 time)
  size="$(stat -c %s bin/Debug/net10.0/User.dll)"
  line="$models $user $system $peak $size"
  [ -n "$first" ] || first="$line"
  echo "$first $line" | awk '{
    cpu = $7 + $8; mb = $9 / 1024; more = $6 - $1
    printf "| %6d | %11.1f | %20.0f | %6.0f |", $6, cpu, mb, $10 / 1024
    if (more > 0) printf " %27.2f | %18.1f |\n", (cpu - $2 - $3) / more, (mb - $4 / 1024) / more
    else printf " %27s | %18s |\n", "", ""
  }'
done
