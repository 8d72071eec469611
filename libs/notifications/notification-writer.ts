import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { NewNotification } from './notification.js';
import { NotificationsRepository } from './notifications.repository.js';

/** Stores notifications in the transaction of their cause. They are published, and so visible, after its commit. */
@Injectable()
export class NotificationWriter {
  constructor(private readonly notifications: NotificationsRepository) {}

  /** @param tx not needed if nothing else is written. @returns false: it is stored already */
  async write(notification: NewNotification, tx?: Transaction): Promise<boolean> {
    return this.notifications.insert(notification, tx);
  }

  /** Stores a batch; notifications that are stored already stay unchanged. */
  writeAll(notifications: NewNotification[], tx: Transaction): void {
    this.notifications.insertAll(notifications, tx);
  }
}

/** Returns the same id for the same occasion, so that its notification is stored once, however often it is written. */
export function deduplicationId(...occasion: string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(occasion)).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80; // RFC 9562: version 8, with a custom layout
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
