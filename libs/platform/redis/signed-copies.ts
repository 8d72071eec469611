import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { RedisConnections } from './redis-connections.js';
import { RedisRejections } from './redis-rejections.js';

/** Time of writing (ms), signature, and text. */
const STORED = /^(\d{1,16})\.([\w-]{43})\.(.*)$/s;

/**
 * Copies in Redis that the instances of one installation share. Each is signed, so that access to Redis does not
 * suffice to change one. Each expires, so that an old one cannot be restored later.
 */
@Injectable()
export class SignedCopies {
  /** Undefined: there is no secret that the instances share, and so there are no shared copies. */
  private readonly signingKey: Uint8Array | undefined;

  constructor(
    private readonly redis: RedisConnections,
    private readonly rejections: RedisRejections,
    private readonly clock: Clock,
    @Inject(ENV) env: Pick<Env, 'CACHE_SIGNING_KEY' | 'SESSION_SECRET' | 'SUPABASE_SERVICE_KEY'>,
  ) {
    const secret = env.CACHE_SIGNING_KEY ?? env.SESSION_SECRET ?? env.SUPABASE_SERVICE_KEY;
    this.signingKey = secret
      ? new Uint8Array(hkdfSync('sha256', secret, '', 'shared copies', 32))
      : undefined;
  }

  /** @returns the text; null where there is none that may be used. Never throws */
  async get(name: string, ttlMs: number): Promise<string | null> {
    if (!this.signingKey) return null;
    const stored = await this.redis.commands.get(this.redis.key(name)).catch(() => null);
    if (stored === null) return null;
    const [, writtenAt, signature, text] = STORED.exec(stored) ?? [];
    const isGenuine = text !== undefined && isSame(signature!, this.signatureOf(name, writtenAt!, text));
    if (!isGenuine) this.rejections.add(name, 'a copy that is not signed with our key');
    return isGenuine && this.clock.millis() - Number(writtenAt) <= ttlMs ? text : null;
  }

  /** @throws the error of Redis */
  async set(name: string, text: string, ttlMs: number): Promise<void> {
    if (!this.signingKey) return;
    const writtenAt = String(this.clock.millis());
    const stored = `${writtenAt}.${this.signatureOf(name, writtenAt, text)}.${text}`;
    await this.redis.commands.set(this.redis.key(name), stored, 'PX', ttlMs);
  }

  private signatureOf(name: string, writtenAt: string, text: string): string {
    const signed = `${this.redis.key(name)}\n${writtenAt}\n${text}`;
    return createHmac('sha256', this.signingKey!).update(signed).digest('base64url');
  }
}

const isSame = (one: string, other: string): boolean => timingSafeEqual(Buffer.from(one), Buffer.from(other));
