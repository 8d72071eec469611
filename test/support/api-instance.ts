import type { Abstract, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadEnv } from '#libs/platform/config/env.js';
import { createApi } from '../../apps/api/src/create-api.js';
import { SERVICE_KEY } from './test-env.js';
import type { Answer } from './test-system.js';

/** One more api process on an environment that a test has already: a second instance, or one behind a proxy. */
export class ApiInstance {
  private constructor(private readonly api: NestFastifyApplication) {}

  static async start(variables: Record<string, string>): Promise<ApiInstance> {
    const api = await createApi(loadEnv(variables));
    await api.init();
    await api.getHttpAdapter().getInstance().ready();
    return new ApiInstance(api);
  }

  /** A service of this instance. */
  service<T>(type: Type<T> | Abstract<T>): T {
    return this.api.get(type, { strict: false });
  }

  close(): Promise<void> {
    return this.api.close();
  }

  get(url: string, token = SERVICE_KEY): Promise<Answer> {
    return this.send({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } });
  }

  getWith(url: string, headers: Record<string, string>): Promise<Answer> {
    return this.send({ method: 'GET', url, headers });
  }

  act(payload: object, token = SERVICE_KEY, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send({
      method: 'POST',
      url: '/orchestrate',
      headers: { authorization: `Bearer ${token}`, ...headers },
      payload,
    });
  }

  private async send(request: {
    method: 'GET' | 'POST';
    url: string;
    headers: Record<string, string>;
    payload?: object;
  }): Promise<Answer> {
    const response = await this.api.inject(request);
    const json = String(response.headers['content-type']).includes('json');
    return {
      status: response.statusCode,
      headers: response.headers,
      body: json ? response.json() : undefined,
      text: response.body,
    };
  }
}
