import { expect, it } from 'vitest';
import { readModelId } from './model-id.js';

const ARN = 'arn:aws:bedrock:eu-central-1:111122223333:';

it.each([
  ['amazon.nova-lite-v1:0', 'foundation_model', null],
  ['minimax.minimax-m2.1', 'foundation_model', null],
  ['ai21.jamba-1-5-mini-v1:0', 'foundation_model', null],
  ['eu.amazon.nova-lite-v1:0', 'eu_profile', null],
  ['us.amazon.nova-lite-v1:0', 'other_profile', null],
  ['US.amazon.nova-lite-v1:0', 'other_profile', null],
  ['EU.amazon.nova-lite-v1:0', 'other_profile', null],
  ['jp.amazon.nova-lite-v1:0', 'other_profile', null],
  ['us-gov.amazon.nova-lite-v1:0', 'other_profile', null],
  ['apac.amazon.nova-lite-v1:0', 'other_profile', null],
  ['global.amazon.nova-lite-v1:0', 'other_profile', null],
  ['arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0', 'foundation_model', 'us-east-1'],
  [`${ARN}inference-profile/eu.amazon.nova-lite-v1:0`, 'eu_profile', 'eu-central-1'],
  [`${ARN}inference-profile/global.amazon.nova-lite-v1:0`, 'other_profile', 'eu-central-1'],
  [`${ARN}application-inference-profile/a1b2c3d4e5f6`, 'application_profile', 'eu-central-1'],
  ['a1b2c3d4e5f6', 'application_profile', null],
  [`${ARN}provisioned-model/a1b2c3d4e5f6`, 'foundation_model', 'eu-central-1'],
  [`${ARN}default-prompt-router/anthropic.claude:1`, 'other_profile', 'eu-central-1'],
  ['arn:aws:sagemaker:eu-central-1:111122223333:endpoint/x', 'other_profile', null],
])('%s is a %s', (id, kind, region) => {
  expect(readModelId(id)).toEqual({ kind, region });
});
