import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { ChannelsNotConfiguredError } from './channels.errors.js';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts secrets that others made, so that access to the database does not suffice to read them. */
@Injectable()
export class ChannelSecrets {
  private readonly keys: Map<string, Buffer>;

  constructor(@Inject(ENV) env: Pick<Env, 'WEBHOOK_SIGNING_KEYS'>) {
    this.keys = new Map(env.WEBHOOK_SIGNING_KEYS.map((key) => [nameOf(key), encryptionKeyOf(key)]));
  }

  /** @returns name of the key, a dot and the encrypted bytes as base64url. @throws ChannelsNotConfiguredError */
  encrypt(channelId: string, secret: string): string {
    const [first] = this.keys;
    if (!first) throw new ChannelsNotConfiguredError();
    const [name, key] = first;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(channelId));
    const parts = [iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()];
    return `${name}.${Buffer.concat(parts).toString('base64url')}`;
  }

  /** @returns undefined: its key is not configured (any more), or it was encrypted for another channel */
  decrypt(channelId: string, encrypted: string): string | undefined {
    const [name = '', text = ''] = encrypted.split('.');
    const key = this.keys.get(name);
    if (!key) return undefined;
    const bytes = Buffer.from(text, 'base64url');
    try {
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(channelId))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      return `${decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8')}${decipher.final('utf8')}`;
    } catch {
      return undefined;
    }
  }
}

const nameOf = (key: string): string =>
  createHash('sha256').update(`name of ${key}`).digest('hex').slice(0, 8);

const encryptionKeyOf = (key: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', 'secrets of channels', 32));
