import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { NewNotification } from './notification.js';
import { NotificationsRepository } from './notifications.repository.js';

/** Stores what people are to be told, in the transaction of what happened. Published, and so seen, it is after that. */
@Injectable()
export class NotificationWriter {
  constructor(private readonly notifications: NotificationsRepository) {}

  /** @param tx where nothing else happens, none is needed. @returns false: it is stored already */
  async write(notification: NewNotification, tx?: Transaction): Promise<boolean> {
    return this.notifications.insert(notification, tx);
  }

  /** Many at once; those that are stored already stay as they are. */
  writeAll(notifications: NewNotification[], tx: Transaction): void {
    this.notifications.insertAll(notifications, tx);
  }
}

/** The same id for the same occasion, so that its notification is stored once, whoever tells it and how often. */
export function deduplicationId(...occasion: string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(occasion)).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80; // RFC 9562: version 8, made in a way of our own
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
