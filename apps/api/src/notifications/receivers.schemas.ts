import { z } from 'zod';
import type { Delivery } from '#libs/notifications/delivery/delivery.js';

const time = z.iso.datetime().nullable();
const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Body of `resume`, of webhooks and channels. */
export const resumption = {
  after: z.number().int().min(0).optional().meta({
    description:
      'Deliver every notification after this `seq`, again if necessary; absent: deliver the due notifications',
  }),
};

/** Fields of a webhook or channel that say where its delivery stands. */
export const deliveryState = {
  createdAt: z.iso.datetime(),
  deliveredAt: time,
  failures: z.number().int().meta({ description: 'Failed attempts since the last delivery' }),
  failingSince: time,
  lastError: z.string().nullable(),
  nextAttemptAt: time,
};

interface Times {
  createdAt: Date;
  deliveredAt: Date | null;
  failingSince: Date | null;
  nextAttemptAt: Date | null;
}

export const toTimes = (receiver: Times) => ({
  createdAt: receiver.createdAt.toISOString(),
  deliveredAt: iso(receiver.deliveredAt),
  failingSince: iso(receiver.failingSince),
  nextAttemptAt: iso(receiver.nextAttemptAt),
});

export const toResult = (delivery: Delivery) => ({
  delivered: delivery.delivered,
  status: delivery.status,
  error: delivery.delivered ? null : delivery.error,
});
