import { readFileSync } from 'node:fs';
import { runSimulation, runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate';

export { runSimulation };

export const ACCOUNT = '111122223333';
export const HOME = 'eu-central-1';

/** One authorization that AWS does for a call; a call through a profile has several. */
export interface Check {
  action: string;
  resource: string;
  region: string;
  profile?: string;
}

/** An IAM policy document in the form of a file. */
export type Policy = Record<string, unknown>;

export const profileArn = (id: string, region = HOME): string =>
  `arn:aws:bedrock:${region}:${ACCOUNT}:inference-profile/${id}`;
export const modelArn = (region: string, id: string): string =>
  `arn:aws:bedrock:${region}::foundation-model/${id}`;

export const committedPolicy = (name: string): Policy =>
  JSON.parse(readFileSync(new URL(`../iam/${name}`, import.meta.url), 'utf8'));

/** Denies everything in a region to the whole account, as an organization may do. */
export const regionBlockedByOrganization = (region: string): Policy => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Block',
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': region } },
    },
  ],
});

const EVERYTHING: Policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

/** A role of the account with these inline policies and nothing else, evaluated offline. */
export class SimulatedRole {
  private readonly policies: Policy[];
  private organization: Policy[] = [];

  constructor(...policies: Policy[]) {
    this.policies = policies;
  }

  under(...organization: Policy[]): SimulatedRole {
    const role = new SimulatedRole(...this.policies);
    role.organization = organization;
    return role;
  }

  /**
   * @returns Allowed, ImplicitlyDenied or ExplicitlyDenied
   * @throws Error when the simulator knows no such action or resource, or leaves out a condition key
   */
  async outcomeOf(check: Check): Promise<string> {
    const answer = await runSimulation(this.simulationOf(check), {});
    if (answer.resultType !== 'single')
      throw new Error(`${check.action} on ${check.resource}: ${JSON.stringify(answer)}`);
    const { ignoredContextKeys } = answer.result;
    if (ignoredContextKeys?.length)
      throw new Error(`${check.action} has no ${ignoredContextKeys.join(', ')}`);
    return answer.overallResult;
  }

  /** For what the simulator's data does not know, such as a model ARN without region: no validation of the request. */
  uncheckedOutcomeOf(check: Check): string {
    return runUnsafeSimulation(this.simulationOf(check), {});
  }

  /** @returns the checks that fail; one is enough for AWS to refuse the call */
  async refused(checks: Check[]): Promise<Check[]> {
    const outcomes = await Promise.all(checks.map((check) => this.outcomeOf(check)));
    return checks.filter((_, index) => outcomes[index] !== 'Allowed');
  }

  private simulationOf({ action, resource, region, profile }: Check): Simulation {
    const named = (policies: Policy[]) =>
      policies.map((policy, index) => ({ name: `policy-${index}`, policy }));
    return {
      request: {
        principal: `arn:aws:iam::${ACCOUNT}:role/medzen-bedrock-lambda`,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: {
          'aws:RequestedRegion': region,
          ...(profile && { 'bedrock:InferenceProfileArn': profile }),
        },
      },
      identityPolicies: named(this.policies),
      serviceControlPolicies: [
        { orgIdentifier: 'root', policies: named([EVERYTHING, ...this.organization]) },
      ],
      resourceControlPolicies: [],
    };
  }
}
