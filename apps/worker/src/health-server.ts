import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { AppError } from '#libs/platform/errors/app-error.js';
import { Health } from '#libs/platform/health/health.service.js';
import { Metrics } from '#libs/platform/telemetry/metrics.js';

/** More than the probes and one Prometheus need. */
const MAX_CONNECTIONS = 100;
const REQUEST_TIMEOUT_MS = 5_000;

interface Reply {
  status: number;
  type: 'application/json' | typeof Metrics.CONTENT_TYPE;
  body: string;
}

/**
 * Serves health and metrics of a worker over HTTP if WORKER_HTTP_PORT is set. It listens until everything else is
 * closed.
 */
@Injectable()
export class HealthServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('HealthServer');
  private server: Server | undefined;
  private readonly routes: Record<string, () => Promise<Reply>> = {
    '/livez': async () => json(200, this.health.live()),
    '/readyz': () => this.ready(),
    '/metrics': async () => ({ status: 200, type: Metrics.CONTENT_TYPE, body: await this.metrics.text() }),
  };

  constructor(
    private readonly health: Health,
    private readonly metrics: Metrics,
    @Inject(ENV) private readonly env: Pick<Env, 'HOST' | 'WORKER_HTTP_PORT'>,
  ) {}

  /** Port that it listens on; undefined if it is off. */
  get port(): number | undefined {
    return (this.server?.address() as AddressInfo | null | undefined)?.port;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { HOST, WORKER_HTTP_PORT } = this.env;
    if (WORKER_HTTP_PORT === undefined) return;
    const server = createServer(
      { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS },
      (request, response) => {
        void this.answer(request.method ?? '', request.url ?? '').then((reply) => send(response, reply));
      },
    );
    server.maxConnections = MAX_CONNECTIONS;
    // Before it listens, an error means that it cannot: the boot fails with it.
    await once(server.listen(WORKER_HTTP_PORT, HOST), 'listening');
    this.server = server;
    this.logger.log(`listens on http://${HOST}:${this.port}`);
  }

  onApplicationShutdown(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private async answer(method: string, url: string): Promise<Reply> {
    const route = this.routes[url.split('?')[0]!];
    if (!route)
      return json(404, {
        status: 'not_found',
        detail: `This path does not exist: use ${Object.keys(this.routes).join(', ')}`,
      });
    if (method !== 'GET' && method !== 'HEAD') return json(405, { status: 'not_allowed', detail: 'Use GET' });
    return route().catch((error: Error) => {
      this.logger.error(`the request to ${url} failed: ${error.name}`);
      return json(500, { status: 'internal', detail: 'See the log of this worker' });
    });
  }

  private async ready(): Promise<Reply> {
    try {
      return json(200, await this.health.ready());
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return json(503, { status: error.kind, code: error.code, detail: error.message });
    }
  }
}

const json = (status: number, body: object): Reply => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
});

function send(response: ServerResponse, { status, type, body }: Reply): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}
