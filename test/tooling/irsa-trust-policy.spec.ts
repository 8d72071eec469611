import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runSimulation } from '../../tools/simulated-role.js';

const ACCOUNT = '111122223333';
/** The simulator knows the condition keys of few providers; the template takes any, so it gets one of those. */
const PROVIDER = 'accounts.google.com';
const FEDERATED = `arn:aws:iam::${ACCOUNT}:oidc-provider/${PROVIDER}`;
const SERVICE_ACCOUNT = 'system:serviceaccount:orchestrator:bedrock';

const policy = readFileSync(new URL('../../iam/irsa-trust-policy.json', import.meta.url), 'utf8')
  .replaceAll('<ACCOUNT_ID>', ACCOUNT)
  .replaceAll('<OIDC_PROVIDER>', PROVIDER)
  .replaceAll('<NAMESPACE>', 'orchestrator')
  .replaceAll('<SERVICE_ACCOUNT>', 'bedrock');

async function assumed(aud: string, sub: string, principal = FEDERATED): Promise<string> {
  const answer = await runSimulation(
    {
      request: {
        principal,
        action: 'sts:AssumeRoleWithWebIdentity',
        resource: { resource: `arn:aws:iam::${ACCOUNT}:role/medzen-bedrock-lambda`, accountId: ACCOUNT },
        contextVariables: { [`${PROVIDER}:aud`]: aud, [`${PROVIDER}:sub`]: sub },
      },
      identityPolicies: [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: JSON.parse(policy),
    },
    {},
  );
  if (answer.resultType !== 'single' || answer.result.ignoredContextKeys?.length)
    throw new Error(JSON.stringify(answer));
  return answer.overallResult;
}

it('lets in the service account with a token for AWS', async () => {
  expect(policy).not.toContain('<');
  expect(await assumed('sts.amazonaws.com', SERVICE_ACCOUNT)).toBe('Allowed');
});

it.each([
  ['a token for somebody else', 'kubernetes.default.svc', SERVICE_ACCOUNT, FEDERATED],
  ['another service account', 'sts.amazonaws.com', 'system:serviceaccount:orchestrator:other', FEDERATED],
  ['another namespace', 'sts.amazonaws.com', 'system:serviceaccount:other:bedrock', FEDERATED],
  ['another cluster', 'sts.amazonaws.com', SERVICE_ACCOUNT, FEDERATED.replace('accounts', 'other')],
])('keeps out %s', async (_, aud, sub, principal) => {
  expect(await assumed(aud, sub, principal)).toBe('ImplicitlyDenied');
});
