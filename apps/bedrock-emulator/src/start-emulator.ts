import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Http1Http2Server } from '#libs/platform/http/http1-http2-server.js';
import { ADMIN_PREFIX, Admin, type ModelChange } from './admin.js';
import { Connections } from './connections.js';
import { EmulatedBedrock } from './emulated-bedrock.js';
import type { FaultInput } from './faults.js';
import { RequestContext } from './request-context.js';

export interface EmulatorOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Default: 127.0.0.1, because any client that reaches it can control its responses. */
  host?: string;
  /** Clock of the lifecycles; a function that a test may change. */
  now?: () => Date;
  /** Milliseconds between the events of a stream; 0 by default. */
  paceMs?: number;
}

export interface Emulator {
  /** For both planes, over HTTP/1.1 and HTTP/2. */
  url: string;
  port: number;
  /** Replaces all faults. @throws Error that names each bad field */
  setFaults(faults: FaultInput[]): void;
  calls(): ReturnType<Admin['calls']>;
  putModel(id: string, change: ModelChange): void;
  /** Resets faults, calls and changes of models. */
  reset(): void;
  close(): Promise<void>;
}

export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const bedrock = new EmulatedBedrock(options.now ?? (() => new Date()), options.paceMs ?? 0);
  // Idle connections stay open: otherwise a client could reuse one that the server has just closed.
  const server = new Http1Http2Server({ keepAliveTimeout: 0 }, (request, response) => {
    const exchange = new RequestContext(request, response, connections.of(request));
    if (request.url?.startsWith(ADMIN_PREFIX)) void admin.serve(exchange);
    else void bedrock.serve(exchange);
  });
  const connections = new Connections(server);
  const admin = new Admin(bedrock, () => connections.counts);
  const host = options.host ?? '127.0.0.1';
  await once(server.listen(options.port ?? 0, host), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    port,
    setFaults: (faults) => admin.setFaults(faults),
    calls: () => admin.calls(),
    putModel: (id, change) => void admin.putModel(id, change),
    reset: () => bedrock.reset(),
    close: async () => {
      const closed = once(server.close(), 'close');
      connections.destroy();
      await closed;
    },
  };
}
