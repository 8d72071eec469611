import { AwsError } from './aws-error.js';

/** Errors that depend on an account, which the emulator has not: only a fault causes them. */
export const ERROR_PRESETS = [
  'legacy_not_used',
  'use_case_form_missing',
  'marketplace_pending',
  'operation_not_allowed',
  'iam_denied',
  'scp_denied',
  'expired_credentials',
  'unknown_credentials',
  'bad_signature',
] as const;

export type ErrorPreset = (typeof ERROR_PRESETS)[number];

/** The name of the exception and its message for a model. */
const ANSWERS: Record<ErrorPreset, (modelId: string) => [string, string]> = {
  legacy_not_used: () => [
    'ResourceNotFoundException',
    'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 30 days. Please upgrade to an active model on Amazon Bedrock',
  ],
  use_case_form_missing: () => [
    'ResourceNotFoundException',
    'Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model. If you have already filled out the form, try again in 15 minutes.',
  ],
  marketplace_pending: () => [
    'AccessDeniedException',
    'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model. Your AWS Marketplace subscription for this model cannot be completed at this time.',
  ],
  operation_not_allowed: () => ['ValidationException', 'Operation not allowed'],
  iam_denied: (modelId) => [
    'AccessDeniedException',
    `User: arn:aws:sts::111122223333:assumed-role/orchestrator/session is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:eu-central-1:111122223333:inference-profile/${modelId} because no identity-based policy allows the bedrock:InvokeModel action`,
  ],
  scp_denied: (modelId) => [
    'AccessDeniedException',
    `User: arn:aws:sts::111122223333:assumed-role/orchestrator/session is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:eu-west-3::foundation-model/${modelId.replace(/^eu\./, '')} with an explicit deny in a service control policy`,
  ],
  expired_credentials: () => [
    'ExpiredTokenException',
    'The security token included in the request is expired',
  ],
  unknown_credentials: () => [
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  ],
  bad_signature: () => [
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
  ],
};

export function errorPreset(reason: ErrorPreset, modelId: string): AwsError {
  const [name, message] = ANSWERS[reason](modelId);
  return new AwsError(name, { message });
}
