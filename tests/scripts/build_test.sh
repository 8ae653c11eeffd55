#!/usr/bin/env bash
# scripts/build configures anew where the presets or the packages have changed, and only there.
#   build_test.sh SOURCE_FOLDER
set -euo pipefail
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/scripts" "$tree/bin"
cp "$1/scripts/build" "$tree/scripts/build"
printf '#!/bin/sh\n' >"$tree/scripts/setup"
printf 'bash  # any package that is installed\n' >"$tree/scripts/packages.txt"
printf '{"version": 6}\n' >"$tree/CMakePresets.json"
cat >"$tree/bin/cmake" <<'CMAKE'
#!/bin/sh
echo "$*" >>calls
[ "$1" != --preset ] || { mkdir -p "build/$2" && : >"build/$2/build.ninja"; }
CMAKE
cat >"$tree/bin/dpkg-query" <<'DPKG'
#!/bin/sh
echo "$*" "$(cat version)"
DPKG
chmod +x "$tree/scripts/setup" "$tree/bin/cmake" "$tree/bin/dpkg-query"
echo 1 >"$tree/version"

# Runs the script and says how often it configured.
configures() {
  : >"$tree/calls"
  PATH="$tree/bin:$PATH" "$tree/scripts/build" "$@" >/dev/null
  grep -c '^--preset' "$tree/calls" || true
}
expect() {  # WHAT EXPECTED FOUND
  [ "$2" = "$3" ] || { echo "$1: $2 configurations expected, found $3" >&2; exit 1; }
}
expect "a new tree" 1 "$(configures)"
expect "nothing changed" 0 "$(configures)"
expect "another preset" 1 "$(configures dev)"
printf '{"version": 6, "vendor": {}}\n' >"$tree/CMakePresets.json"
expect "presets changed" 1 "$(configures)"
expect "presets changed, the other preset" 1 "$(configures dev)"
expect "nothing changed since" 0 "$(configures)"
echo 2 >"$tree/version"
expect "a package changed" 1 "$(configures)"
printf 'bash\nsed\n' >"$tree/scripts/packages.txt"
expect "a package more" 1 "$(configures)"
