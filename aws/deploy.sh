#!/usr/bin/env bash
# Installs or upgrades on AWS Fargate, in order: everything but the service, the migrations to their end, then the service.
#   aws/deploy.sh STACK IMAGE [PARAMETER=VALUE...]
#   aws/deploy.sh orchestrator 111122223333.dkr.ecr.eu-central-1.amazonaws.com/orchestrator:0.1.0 SecretArn=arn:... ...
# aws/fargate.yaml has the parameters; those that are not given stay as they are. Safe to repeat. If the migrations fail it
# stops, and the running tasks continue. An older image is a rollback.
set -euo pipefail
usage='usage: aws/deploy.sh STACK IMAGE [PARAMETER=VALUE...]'
stack=${1:?$usage} image=${2:?$usage}
shift 2
template=$(cd -- "$(dirname -- "$0")" && pwd)/fargate.yaml

deploy() { # deploy TEMPLATE PARAMETER=VALUE...
  aws cloudformation deploy --stack-name "$stack" --template-file "$1" --capabilities CAPABILITY_IAM \
    --no-fail-on-empty-changeset --parameter-overrides "${@:2}"
}
output() {
  aws cloudformation describe-stacks --stack-name "$stack" --output text \
    --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"
}

# A running service keeps its template until the migrations are done: this changes their image and nothing else.
if aws cloudformation describe-stacks --stack-name "$stack" >/dev/null 2>&1; then
  present=$(mktemp --suffix=.yaml)
  trap 'rm -f "$present"' EXIT
  aws cloudformation get-template --stack-name "$stack" --query TemplateBody --output text >"$present"
  deploy "$present" "MigrationImage=$image"
else
  deploy "$template" "MigrationImage=$image" "$@"
fi

cluster=$(output Cluster) migration=$(output MigrationTask) network=$(output Network) log=$(output LogGroup)
task=$(aws ecs run-task --cluster "$cluster" --launch-type FARGATE --task-definition "$migration" \
  --network-configuration "$network" --query 'tasks[0].taskArn' --output text)
echo "Migrating ($task) ..."
if ! aws ecs wait tasks-stopped --cluster "$cluster" --tasks "$task"; then
  echo 'The migrations take longer than ten minutes: run this again when their task has stopped. Nothing was rolled out.' >&2
  exit 1
fi
code=$(aws ecs describe-tasks --cluster "$cluster" --tasks "$task" --query 'tasks[0].containers[0].exitCode' --output text)
if [ "$code" != 0 ]; then
  aws ecs describe-tasks --cluster "$cluster" --tasks "$task" --query 'tasks[0].[stoppedReason,containers[0].reason]' \
    --output text >&2 || true
  aws logs get-log-events --log-group-name "$log" --log-stream-name "task/migrate/${task##*/}" \
    --query 'events[].[message]' --output text >&2 || true
  echo "The migrations ended with exit code $code: nothing was rolled out." >&2
  exit 1
fi

deploy "$template" "MigrationImage=$image" "Image=$image" "$@"
echo "Ready: $(output Address)"
