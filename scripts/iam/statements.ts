import { readModelId } from '#libs/platform/bedrock/model-id.js';
import type { CataloguedModel } from './seeded-models.js';

/** Region of the service, and the regions to which Bedrock may route a prompt. */
export interface Reach {
  region: string;
  allowedRegions: readonly string[];
}

/** One statement of an IAM policy document. */
export interface Statement {
  Sid: string;
  Effect: 'Allow' | 'Deny';
  Principal?: Record<string, string>;
  Action: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** An IAM policy document. */
export interface PolicyDocument {
  Version: '2012-10-17';
  Statement: Statement[];
}

/** Actions for Converse and ConverseStream, which have no separate ones. */
export const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

/**
 * Uses any account: Bedrock offers a system-defined profile under the caller's account, and an identity policy applies
 * to no other. The setup script can insert an account.
 */
export const profileArn = (region: string, id: string): string =>
  `arn:aws:bedrock:${region}:*:inference-profile/${id}`;
export const modelArn = (region: string, id: string): string =>
  `arn:aws:bedrock:${region}::foundation-model/${id}`;

/** @returns the destinations of a prompt to this model; null: none that the policy could allow */
export function destinationsOf(model: CataloguedModel, reach: Reach): readonly string[] | null {
  const { kind } = readModelId(model.model_id);
  if (model.invoke_with === 'foundation_model' && kind === 'foundation_model') return [reach.region];
  if (model.invoke_with === null || kind !== 'eu_profile') return null;
  // While the list of a profile is unread it may be any region of the EU.
  return model.destination_regions ?? reach.allowedRegions;
}

export const listStatement = ({ region }: Reach): Statement => ({
  Sid: 'ListModels',
  Effect: 'Allow',
  Action: ['bedrock:ListFoundationModels', 'bedrock:ListInferenceProfiles'],
  Resource: '*',
  Condition: { StringEquals: { 'aws:RequestedRegion': region } },
});

export const guardrailStatement = ({ region }: Reach): Statement => ({
  Sid: 'ApplyGuardrails',
  Effect: 'Allow',
  Action: ['bedrock:ApplyGuardrail', 'bedrock:GetGuardrail'],
  Resource: `arn:aws:bedrock:${region}:*:guardrail/*`,
});

/** The price list is one worldwide document; these regions only serve it. */
export const priceListStatement = (): Statement => ({
  Sid: 'OptionalPriceList',
  Effect: 'Allow',
  Action: 'pricing:GetProducts',
  Resource: '*',
  Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-central-1', 'us-east-1'] } },
});

/** Denies that override any other policy of the role. A prompt on a `global.` profile has the region "unspecified". */
export const denials = ({ allowedRegions }: Reach): Statement[] => [
  {
    Sid: 'DenyGlobalProfiles',
    Effect: 'Deny',
    Action: 'bedrock:*',
    Resource: [profileArn('*', 'global.*'), modelArn('', '*')],
  },
  {
    Sid: 'DenyModelsBehindGlobalProfiles',
    Effect: 'Deny',
    Action: INVOKE,
    Resource: '*',
    Condition: { ArnLike: { 'bedrock:InferenceProfileArn': profileArn('*', 'global.*') } },
  },
  {
    Sid: 'DenyOtherRegions',
    Effect: 'Deny',
    Action: 'bedrock:*',
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:RequestedRegion': [...allowedRegions] } },
  },
];
