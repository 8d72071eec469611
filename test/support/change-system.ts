import { type Answer, TestSystem, userToken } from './test-system.js';

/** Roles of the people of these tests. */
const ROLES = {
  'ml-ops': ['read', 'operate'],
  leads: ['read', 'approve'],
  chiefs: ['read', 'approve', 'break-glass'],
};

/** A system with people: Ada and Abe operate, Ben, Bea and Bob approve. */
export class ChangeSystem {
  private constructor(
    readonly system: TestSystem,
    readonly tokens: Record<string, string>,
  ) {}

  static async start(options: Parameters<typeof TestSystem.start>[0] = {}): Promise<ChangeSystem> {
    const overrides = { OIDC_ROLES: JSON.stringify(ROLES), ...options.overrides };
    const system = await TestSystem.start({ ...options, overrides });
    const token = (name: string, roles: string[]) =>
      userToken(name, { app_metadata: { orchestrator_roles: roles } });
    return new ChangeSystem(system, {
      ada: await token('ada', ['ml-ops']),
      abe: await token('abe', ['ml-ops', 'leads']),
      ben: await token('ben', ['leads']),
      bea: await token('bea', ['leads', 'chiefs']),
      bob: await token('bob', ['chiefs']),
    });
  }

  close(): Promise<void> {
    return this.system.close();
  }

  as(
    name: string,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    ...[body, headers = {}]: [body?: object | undefined, headers?: Record<string, string>]
  ): Promise<Answer> {
    return this.system.call(method, url, body, { token: this.tokens[name]!, headers });
  }

  /** Lets a person come with a newer token that names other roles; the tokens of `as` stay as they are. */
  async showRoles(name: string, roles: string[], claims: object = {}): Promise<void> {
    const token = await userToken(name, { app_metadata: { orchestrator_roles: roles }, ...claims });
    const { status, text } = await this.system.call('GET', '/v1/use-cases', undefined, { token });
    if (status !== 200) throw new Error(text);
  }

  /** Puts a use case under review. */
  async review(useCase: string, policy: object = {}): Promise<void> {
    const url = `/v1/use-cases/${useCase}/change-policy`;
    const { status, text } = await this.as('ada', 'PUT', url, { control: 'reviewed', ...policy });
    if (status !== 200) throw new Error(text);
  }

  propose(name: string, operations: object[], more: object = {}): Promise<Answer> {
    return this.as(name, 'POST', '/v1/change-requests', { operations, reason: 'Better answers', ...more });
  }

  judge(name: string, verdict: 'approve' | 'reject', { id, hash }: { id: string; hash: string }) {
    return this.as(name, 'POST', `/v1/change-requests/${id}/${verdict}`, { hash });
  }

  /** Makes every other candidate of clinical available, or not. */
  async setOthersAvailable(modelId: string, available: boolean): Promise<void> {
    await this.rows(
      `UPDATE bedrock_models SET is_available = $1 WHERE model_id <> $2
       AND model_id IN (SELECT model_id FROM use_case_candidates WHERE use_case = 'clinical')`,
      [available, modelId],
    );
  }

  async activeModel(useCase: string): Promise<string> {
    return (await this.as('ada', 'GET', `/v1/use-cases/${useCase}`)).body.activeModelId;
  }

  rows(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.system.environment.owner.query(sql, values).then(({ rows }) => rows);
  }
}
