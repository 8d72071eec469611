#!/usr/bin/env bash
# Gives the service role its Bedrock permissions as an inline policy: iam/setup-bedrock-permissions.sh --help
# Needs bash and the AWS CLI; with --dry-run only bash.
set -euo pipefail

here=$(CDPATH='' cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
role_name=medzen-bedrock-lambda
policy_name=bedrock-models-access
policy_file=$here/bedrock-models-access.json
trust_file=$here/irsa-trust-policy.json
account_id=''
oidc_provider=''
namespace=bedrock-orchestrator
service_account=bedrock-orchestrator
create_role=false
dry_run=false

usage() {
  cat <<'USAGE'
Usage: iam/setup-bedrock-permissions.sh [options]

Puts iam/bedrock-models-access.json on the role as an inline policy and reads it back. Safe to repeat: a policy that is
in place already is left alone. Nothing else is changed, and no role is created unless --create-role says so.

  --dry-run                print the commands and the policy; changes nothing, needs no AWS CLI
  --least-privilege        only the models of the catalogue that may be selected, by ARN
  --policy-file FILE       your policy, e.g. from `npm run iam:generate -- --print ...`
  --role-name NAME         default: medzen-bedrock-lambda
  --policy-name NAME       default: bedrock-models-access
  --account-id ID          name this account in the ARNs; refuse to run with credentials of another

  --create-role            create the role if it does not exist, with the trust policy for Kubernetes (IRSA):
  --oidc-provider ISSUER     the cluster's issuer, e.g. oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE
  --namespace NAME           default: bedrock-orchestrator
  --service-account NAME     default: bedrock-orchestrator
  --trust-policy FILE        another trust policy instead, e.g. for Lambda or EC2

Credentials and region come from the environment, as for every AWS CLI command (AWS_PROFILE, ...). They need
iam:GetRole, iam:GetRolePolicy and iam:PutRolePolicy on the role, and iam:CreateRole for --create-role.

Exit codes: 0 done, 1 refused by AWS or not as wanted, 2 wrong usage.
USAGE
}

misuse() {
  printf '❌ %s\n   See: %s --help\n' "$1" "$0" >&2
  exit 2
}

fail() {
  printf '❌ %s\n' "$1" >&2
  exit 1
}

# Name, value and what the value must look like.
demand() {
  [[ $2 =~ $3 ]] || misuse "$1 is not usable: '$2'"
}

read_options() {
  while [ $# -gt 0 ]; do
    case $1 in
      --dry-run) dry_run=true ;;
      --create-role) create_role=true ;;
      --least-privilege) policy_file=$here/bedrock-models-access.least-privilege.json ;;
      -h | --help)
        usage
        exit 0
        ;;
      --policy-file | --role-name | --policy-name | --account-id | --oidc-provider | --namespace | \
        --service-account | --trust-policy)
        if [ -z "${2:-}" ]; then misuse "$1 needs a value."; fi
        read_value "$1" "$2"
        shift
        ;;
      *) misuse "Unknown option: $1" ;;
    esac
    shift
  done
}

read_value() {
  case $1 in
    --policy-file) policy_file=$2 ;;
    --role-name) role_name=$2 ;;
    --policy-name) policy_name=$2 ;;
    --account-id) account_id=$2 ;;
    --oidc-provider)
      oidc_provider=${2#https://}
      oidc_provider=${oidc_provider%/}
      ;;
    --namespace) namespace=$2 ;;
    --service-account) service_account=$2 ;;
    --trust-policy) trust_file=$2 ;;
  esac
}

check_options() {
  local name='^[A-Za-z0-9+=,.@_-]+$' kubernetes_name='^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$'
  demand --role-name "$role_name" "$name"
  demand --policy-name "$policy_name" "$name"
  demand --namespace "$namespace" "$kubernetes_name"
  demand --service-account "$service_account" "$kubernetes_name"
  demand --account-id "$account_id" '^([0-9]{12})?$'
  demand --oidc-provider "$oidc_provider" '^([A-Za-z0-9.-]+(/[A-Za-z0-9/_-]+)?)?$'
  [ -r "$policy_file" ] || misuse "There is no policy file $policy_file"
  [ -r "$trust_file" ] || misuse "There is no trust policy $trust_file"
  if [ -n "$oidc_provider" ] && [ "$create_role" = false ]; then
    misuse '--oidc-provider is for --create-role; the trust of an existing role is not changed.'
  fi
}

# IAM takes no variable for the account of an ARN. The denial of global profiles keeps holding for every account.
policy_document() {
  local text
  text=$(<"$policy_file")
  if [ -n "$account_id" ]; then
    text=${text//:\*:inference-profile\/eu./":$account_id:inference-profile/eu."}
    text=${text//:\*:guardrail\//":$account_id:guardrail/"}
  fi
  printf '%s' "$text"
}

trust_document() {
  local text
  text=$(<"$trust_file")
  if [[ $text == *'<OIDC_PROVIDER>'* ]]; then
    [ -n "$oidc_provider" ] || misuse '--create-role needs --oidc-provider, or your --trust-policy.'
    [ -n "$account_id" ] || misuse '--create-role with --oidc-provider needs --account-id.'
  fi
  text=${text//<ACCOUNT_ID>/"$account_id"}
  text=${text//<OIDC_PROVIDER>/"$oidc_provider"}
  text=${text//<NAMESPACE>/"$namespace"}
  text=${text//<SERVICE_ACCOUNT>/"$service_account"}
  printf '%s' "$text"
}

# As it can be pasted into a shell.
show() {
  local word line='' quote="'\\''" plain='^[A-Za-z0-9_./:=,@+-]+$'
  for word in "$@"; do
    if ! [[ $word =~ $plain ]]; then
      word=${word//\'/"$quote"}
      word="'$word'"
    fi
    line="$line${line:+ }$word"
  done
  printf '%s\n\n' "$line"
}

without_space() {
  tr -d '[:space:]'
}

find_account() {
  local found
  command -v aws >/dev/null ||
    fail 'The AWS CLI is missing: https://aws.amazon.com/cli/. --dry-run shows the commands without it.'
  found=$(aws sts get-caller-identity --query Account --output text) ||
    fail 'AWS does not accept the credentials (see above). Sign in, or choose others with AWS_PROFILE.'
  if [ -n "$account_id" ] && [ "$found" != "$account_id" ]; then
    fail "The credentials are for account $found, not for $account_id. Nothing was changed."
  fi
  printf 'Account %s\n' "$found"
}

ensure_role() {
  local answer
  if answer=$(aws iam get-role --role-name "$role_name" --query Role.Arn --output text 2>&1); then
    printf 'Role %s\n' "$answer"
    if [ "$create_role" = true ]; then
      printf 'It exists already; its trust policy is left alone. To replace it:\n\n'
      show aws iam update-assume-role-policy --role-name "$role_name" --policy-document "$trust"
    fi
    return
  fi
  [[ $answer == *NoSuchEntity* ]] || fail "The role $role_name cannot be read: $answer"
  if [ "$create_role" = false ]; then
    fail "There is no role $role_name in this account. Name another with --role-name, or create it:
   $0 --create-role --account-id <12 digits> --oidc-provider <the cluster's issuer>
   (Lambda, EC2: --create-role --trust-policy FILE). Nothing was changed."
  fi
  aws iam create-role --role-name "$role_name" --assume-role-policy-document "$trust" >/dev/null ||
    fail "The role $role_name could not be created (see above)."
  aws iam wait role-exists --role-name "$role_name" || fail "The role $role_name did not appear."
  printf 'Role %s created\n' "$role_name"
}

# Prints the policy in place, without white space; nothing if there is no such policy.
policy_in_place() {
  local answer
  if answer=$(aws iam get-role-policy --role-name "$role_name" --policy-name "$policy_name" \
    --query PolicyDocument --output json 2>&1); then
    printf '%s' "$answer" | without_space
  elif [[ $answer != *NoSuchEntity* ]]; then
    fail "The policy $policy_name of $role_name cannot be read: $answer"
  fi
}

apply_policy() {
  local wanted found attempt
  wanted=$(printf '%s' "$policy" | without_space)
  found=$(policy_in_place)
  if [ "$found" = "$wanted" ]; then
    printf '✅ %s is in place already; nothing was changed.\n' "$policy_name"
    return
  fi
  aws iam put-role-policy --role-name "$role_name" --policy-name "$policy_name" --policy-document "$policy" ||
    fail "The policy could not be put on $role_name (see above)."
  # IAM is eventually consistent.
  for attempt in 1 2 3 4; do
    found=$(policy_in_place)
    if [ "$found" = "$wanted" ]; then
      printf '✅ %s is on %s. Bedrock may take a few minutes to see it.\n' "$policy_name" "$role_name"
      return
    fi
    [ "$attempt" = 4 ] || sleep "$attempt"
  done
  fail "The policy was put on $role_name but reads back differently: aws iam get-role-policy --role-name $role_name --policy-name $policy_name"
}

print_commands() {
  printf '# Nothing is run. This is what would be, in this order.\n\n'
  show aws sts get-caller-identity --query Account --output text
  show aws iam get-role --role-name "$role_name" --query Role.Arn --output text
  if [ "$create_role" = true ]; then
    printf '# Only if the role does not exist:\n'
    show aws iam create-role --role-name "$role_name" --assume-role-policy-document "$trust"
    show aws iam wait role-exists --role-name "$role_name"
  fi
  printf '# Only if another policy or none is in place:\n'
  show aws iam put-role-policy --role-name "$role_name" --policy-name "$policy_name" --policy-document "$policy"
  show aws iam get-role-policy --role-name "$role_name" --policy-name "$policy_name" --query PolicyDocument \
    --output json
}

read_options "$@"
check_options
policy=$(policy_document)
trust=''
if [ "$create_role" = true ]; then trust=$(trust_document); fi
if [ "$dry_run" = true ]; then
  print_commands
else
  find_account
  ensure_role
  apply_policy
fi
