#!/usr/bin/env bash
# Prints the contents of the production image: its size beyond its base, who it runs as, its bill of materials. Ends with an error where
# that is not as it should be.
#   docker/report.sh [IMAGE] [BASE]
set -euo pipefail
image=${1:-bedrock-model-orchestrator:dev} base=${2:-node:24-bookworm-slim} most=250
inspect() { docker image inspect --format "$2" "$1"; }
in_image() { docker run --rm --network none --read-only --entrypoint "$1" "$image" "${@:2}"; }
status=0
demand() { # demand WHAT IS SHOULD-BE
  if [ "$2" = "$3" ]; then echo "  $1: $2"; else echo "  $1: $2, should be $3"; status=1; fi
}
beyond=$(( ($(inspect "$image" '{{.Size}}') - $(inspect "$base" '{{.Size}}')) / 1000000 ))
echo "$image: $beyond MB beyond $base (at most $most)"
[ "$beyond" -le "$most" ] || status=1
demand user "$(inspect "$image" '{{.Config.User}}')" 1000:1000
demand 'process 1' "$(inspect "$image" '{{index .Config.Entrypoint 0}}')" node
sbom=$(inspect "$image" '{{index .Config.Labels "org.cyclonedx.sbom"}}')
demand 'bill of materials' "$(in_image node -p "JSON.parse(fs.readFileSync('$sbom')).bomFormat")" CycloneDX
echo "  components: $(in_image node -p "JSON.parse(fs.readFileSync('$sbom')).components.length")"
demand 'emulator in it' "$(in_image find /app/dist/apps -mindepth 1 -maxdepth 1 -name '*emulator*')" ''
demand 'packages for development in it' "$(in_image find /app/node_modules -maxdepth 1 -name typescript -o -maxdepth 1 -name vitest)" ''
demand 'compiled for its user' "$(in_image sh -c 'ls /app/compile-cache | grep -c -- "-1000$"')" 1
demand 'files that its user could change' "$(in_image find /app -not -user root)" ''
# The same for the same lock file and sources, wherever it is built. What V8 compiled of them has a salt.
echo "  content: $(docker run --rm --network none --entrypoint sh "$image" -c \
  'cd /app && find . -path ./compile-cache -prune -o -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16')"
exit "$status"
