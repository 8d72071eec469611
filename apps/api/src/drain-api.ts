import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Env } from '#libs/platform/config/env.js';
import { Health } from '#libs/platform/health/health.service.js';
import { Shutdown } from '#libs/platform/health/shutdown.service.js';
import type { Connections } from './http/connections.js';
import { SseConnections } from './notifications/sse-connections.service.js';

/** For the last words of answers that are cut off, and for the records of their calls. */
const LAST_WORDS_MS = 3_000;

/**
 * Stops serving without losing a request. First the api is unready and each response closes its connection, then it
 * takes no new connections, then idle ones end. Responses have `SHUTDOWN_GRACE_SECONDS` in all.
 */
export async function drainApi(
  api: NestFastifyApplication,
  connections: Connections,
  env: Pick<Env, 'SHUTDOWN_DELAY_SECONDS' | 'SHUTDOWN_GRACE_SECONDS'>,
): Promise<void> {
  const delayMs = Math.min(env.SHUTDOWN_DELAY_SECONDS, env.SHUTDOWN_GRACE_SECONDS) * 1000;
  api.get(Health, { strict: false }).leave();
  connections.closeAfterAnswers();
  await delay(delayMs);
  connections.refuseNew();
  // Their clients come back, to another instance now.
  api.get(SseConnections).onModuleDestroy();
  await connections.ended(delayMs, env.SHUTDOWN_GRACE_SECONDS * 1000 - delayMs);
  if (connections.count === 0) return;
  new Logger('Shutdown').warn(`cuts off ${connections.count} connections after SHUTDOWN_GRACE_SECONDS`);
  api.get(Shutdown, { strict: false }).cutOff();
  await connections.ended(0, LAST_WORDS_MS);
  connections.destroy();
}
