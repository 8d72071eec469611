import { readModelId } from '#libs/platform/bedrock/model-id.js';
import type { CataloguedModel } from './seeded-models.js';

/** Where the service calls Bedrock, and where Bedrock may carry a prompt from there. */
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

/** Converse and ConverseStream have no actions of their own: these two are what they need. */
export const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

/**
 * Any account: Bedrock offers a system-defined profile under the caller's own account, and an identity policy reaches
 * no other. The setup script can put an account in.
 */
export const profileArn = (region: string, id: string): string =>
  `arn:aws:bedrock:${region}:*:inference-profile/${id}`;
export const modelArn = (region: string, id: string): string =>
  `arn:aws:bedrock:${region}::foundation-model/${id}`;

/** @returns where a prompt to this model may go; null: nowhere the policy could allow */
export function destinationsOf(model: CataloguedModel, reach: Reach): readonly string[] | null {
  const { kind } = readModelId(model.model_id);
  if (model.invoke_with === 'foundation_model' && kind === 'foundation_model') return [reach.region];
  if (model.invoke_with === null || kind !== 'eu_profile') return null;
  // As long as the list of a profile has not been read it may be any region of the EU.
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
  Action: 'bedrock:ApplyGuardrail',
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

/** Hold whatever another policy of the role allows. A prompt on a `global.` profile has the region "unspecified". */
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
