import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { TooManyStreamsError } from '#libs/notifications/notifications.errors.js';
import type { Recipient } from '#libs/notifications/recipient.js';
import { ownerOf } from '#libs/platform/auth/principal.js';
import { ServiceKeysService } from '#libs/platform/auth/service-keys.service.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { UnavailableError } from '#libs/platform/errors/errors.js';
import type { Session } from '../http/auth.guard.js';
import { SseStream } from '../http/sse-stream.js';

const TICK_MS = 1_000;
const TICKS_PER_BEAT = 5;
const PER_RECIPIENT = 10;

/** Recipient and credential of a stream. */
export interface Opener extends Session {
  recipient: Recipient;
}

interface OpenStream extends Opener {
  stream: SseStream;
}

/** Keeps streams open for as long as their credentials are valid, with one timer for all of them. */
@Injectable()
export class SseConnections implements OnModuleDestroy {
  private readonly streams = new Set<OpenStream>();
  private timer: NodeJS.Timeout | undefined;
  private ticks = 0;
  private closing = false;

  constructor(
    private readonly keys: ServiceKeysService,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'NOTIFICATION_STREAMS'>,
  ) {}

  /** @throws TooManyStreamsError, UnavailableError */
  open(opener: Opener): SseStream {
    this.requireCapacity(opener);
    // All readers reconnect after a deployment; a random pause spreads them.
    const stream = new SseStream(2_000 + Math.floor(Math.random() * 3_000));
    const opened = { ...opener, stream };
    this.streams.add(opened);
    stream.once('close', () => this.streams.delete(opened));
    this.timer ??= setInterval(() => void this.tick(), TICK_MS);
    return stream;
  }

  get size(): number {
    return this.streams.size;
  }

  /** Runs before the server closes, which would otherwise wait for the streams. */
  onModuleDestroy(): void {
    this.closing = true;
    clearInterval(this.timer);
    for (const { stream } of this.streams) stream.end();
  }

  private requireCapacity({ principal, recipient }: Opener): void {
    const { NOTIFICATION_STREAMS: most } = this.env;
    if (this.closing || this.streams.size >= most)
      throw new UnavailableError(
        'no_room_for_streams',
        'This instance has reached its limit of streams: try again shortly',
      );
    const own = [...this.streams].filter((other) => ownerOf(other.principal) === ownerOf(principal));
    // Streams that a key opens on behalf of a user do not count against the user's own.
    if (own.filter((other) => other.recipient.name === recipient.name).length >= PER_RECIPIENT)
      throw new TooManyStreamsError(PER_RECIPIENT);
    const perKey = Math.ceil(most / 2);
    if (own.length >= perKey) throw new TooManyStreamsError(perKey);
  }

  private async tick(): Promise<void> {
    const now = this.clock.now();
    const revoked = await this.revokedKeys();
    this.ticks += 1;
    for (const { stream, expiresAt, token } of this.streams) {
      if ((expiresAt && expiresAt <= now) || revoked.has(token)) stream.end();
      else if (this.ticks % TICKS_PER_BEAT === 0) stream.beat();
    }
  }

  /** Returns the revoked keys. While PostgreSQL is unavailable no key can be revoked. */
  private async revokedKeys(): Promise<Set<string>> {
    const services = [...this.streams].filter(({ principal }) => principal.kind === 'service');
    const tokens = new Set(services.map(({ token }) => token));
    const revoked = new Set<string>();
    for (const token of tokens) {
      const principal = await this.keys.authenticate(token).catch(() => undefined);
      if (principal === null) revoked.add(token);
    }
    return revoked;
  }
}
