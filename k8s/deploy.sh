#!/usr/bin/env bash
# Rolls an overlay out with kubectl alone, in order: settings and rights, the migrations to their end, then api and worker.
#   k8s/deploy.sh staging
# Safe to repeat. If the migrations fail it stops, and the running pods continue. Argo CD does the same by sync waves.
set -euo pipefail
overlay=$(cd -- "$(dirname -- "$0")/overlays" && pwd)/${1:?the overlay: dev, staging or production}
[ -f "$overlay/kustomization.yaml" ] || { echo "There is no overlay $overlay." >&2; exit 2; }
part=app.kubernetes.io/component
namespace=$(kubectl kustomize "$overlay" | awk '/^kind:/ {kind=$2} kind=="Namespace" && /^  name:/ {print $2; exit}')
in_namespace=(kubectl --namespace "$namespace")

kubectl apply -k "$overlay" --selector "!$part"
"${in_namespace[@]}" wait externalsecret --all --for=condition=Ready --timeout=2m

# A Job cannot be changed, so the one of the last release goes first.
"${in_namespace[@]}" delete job migrate --ignore-not-found
kubectl apply -k "$overlay" --selector "$part=migrate"
if ! "${in_namespace[@]}" wait job/migrate --for=condition=Complete --timeout=15m; then
  "${in_namespace[@]}" logs job/migrate --tail=50 >&2 || true
  echo 'The migrations did not come to their end: nothing was rolled out.' >&2
  exit 1
fi

kubectl apply -k "$overlay" --selector "$part in (api, worker)"
for deployment in api worker; do
  "${in_namespace[@]}" rollout status "deployment/$deployment" --timeout=10m
done
