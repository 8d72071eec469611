import type { IncomingMessage, ServerResponse } from 'node:http';
import { type SupabaseClient, supabaseClient } from '../../tools/supabase.js';
import { startBuiltSystem } from './built-system.js';
import { DenoFunction } from './deno-function.js';
import { SupabaseGateway } from './supabase-gateway.js';
import { userToken } from './test-system.js';

type BuiltSystem = Awaited<ReturnType<typeof startBuiltSystem>>;

/** A Supabase project whose functions run in Deno, beside the built orchestrator. */
export class SupabaseProject {
  private readonly started: DenoFunction[] = [];

  private constructor(
    readonly system: BuiltSystem,
    readonly gateway: SupabaseGateway,
  ) {}

  /** @param rest serves what is for no function, such as the tables */
  static async start(
    overrides: Record<string, string> = {},
    rest: (request: IncomingMessage, response: ServerResponse) => Promise<void> = notFound,
  ): Promise<SupabaseProject> {
    const system = await startBuiltSystem(overrides);
    return new SupabaseProject(system, await new SupabaseGateway(rest).start());
  }

  async close(): Promise<void> {
    await Promise.all(this.started.map((each) => each.stop()));
    this.gateway.stop();
    await this.system.close();
  }

  get url(): string {
    return this.gateway.url;
  }

  /** Everything that the functions have logged. */
  get logs(): string {
    return this.started.map(({ output }) => output).join('');
  }

  /** Starts a function, under another name where it is started twice. @returns its URL */
  async deploy(name: string, secrets: Record<string, string> = {}, as = name): Promise<string> {
    const { url, denoFunction } = await DenoFunction.start(name, {
      ORCHESTRATOR_URL: this.system.api.url,
      ...secrets,
    });
    this.started.push(denoFunction);
    this.gateway.serve(as, url);
    return this.functionUrl(as);
  }

  functionUrl(name: string): string {
    return `${this.url}/functions/v1/${name}`;
  }

  clientOf(token: string): SupabaseClient {
    return supabaseClient(this.url, 'the-anon-key', token);
  }

  async clientFor(user: string): Promise<SupabaseClient> {
    return this.clientOf(await userToken(user));
  }
}

async function notFound(_: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(404).end();
}
