import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SignJWT } from 'jose';
import { createApi } from '../../apps/api/src/create-api.js';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import {
  createTestEnvironment,
  JWT_ISSUER,
  JWT_SECRET,
  SERVICE_KEY,
  type TestEnvironment,
} from './test-env.js';

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  body: any;
  text: string;
}

interface Call {
  token?: string | null;
  headers?: Record<string, string>;
}

/** The real api, and the worker where asked for, on a private database. */
export class TestSystem {
  private constructor(
    readonly environment: TestEnvironment,
    readonly api: NestFastifyApplication,
    private readonly worker: INestApplicationContext | undefined,
  ) {}

  static async start(
    options: { worker?: boolean; overrides?: Record<string, string> } = {},
  ): Promise<TestSystem> {
    const environment = await createTestEnvironment(options.overrides);
    const api = await createApi(environment.env);
    await api.init();
    await api.getHttpAdapter().getInstance().ready();
    const worker = options.worker ? await createWorker(environment.env) : undefined;
    return new TestSystem(environment, api, worker);
  }

  async close(): Promise<void> {
    await this.worker?.close();
    await this.api.close();
    await this.environment.close();
  }

  async call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    payload?: object | string,
    call: Call = {},
  ): Promise<Answer> {
    const { token = SERVICE_KEY, headers = {} } = call;
    const response = await this.api.inject({
      method,
      url,
      ...(payload !== undefined && { payload }),
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(payload !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
    });
    const json = /[/+]json/.test(String(response.headers['content-type']));
    return {
      status: response.statusCode,
      headers: response.headers,
      body: json ? response.json() : undefined,
      text: response.body,
    };
  }

  get(url: string, call?: Call): Promise<Answer> {
    return this.call('GET', url, undefined, call);
  }

  /** Calls the action endpoint at the path of the old edge function. */
  act(body: object | string, call?: Call): Promise<Answer> {
    return this.call('POST', '/functions/v1/orchestrate-bedrock-models', body, call);
  }

  /** Makes a service key with these scopes and returns its secret. */
  async key(scopes: string[], name = `key-${scopes.join('-')}`): Promise<string> {
    const { body } = await this.call('POST', '/v1/keys', { name, scopes });
    return body.key;
  }
}

/** An access token as Supabase Auth makes them; `claims` replaces or, with undefined, removes claims. */
export async function userToken(
  sub: string,
  claims: Record<string, unknown> = {},
  secret = JWT_SECRET,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const all = {
    sub,
    role: 'authenticated',
    aud: 'authenticated',
    iss: JWT_ISSUER,
    iat: now,
    exp: now + 3600,
    ...claims,
  };
  return new SignJWT(JSON.parse(JSON.stringify(all)))
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(secret));
}
