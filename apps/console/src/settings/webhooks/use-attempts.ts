import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { api, queries } from '../../api.js';
import type { AttemptState } from '../receivers/attempts.js';
import { ATTEMPTS, useAttemptPages } from '../receivers/use-attempt-pages.js';

/** Its `id` is that of a row; the number of the api is `attemptId`. */
export type Attempt = Omit<Schemas['DeliveryAttempt'], 'id'> & { id: string; attemptId: number };

export const useAttempts = (webhookId: string, state: AttemptState | undefined) =>
  useAttemptPages(webhookId, state, (query) =>
    dataOf(api.GET('/v1/webhooks/{id}/deliveries', { params: { path: { id: webhookId }, query } })),
  );

/** Sends one message again. The list then has the new attempt with its result. */
export async function resendDelivery(webhookId: string, deliveryId: number): Promise<void> {
  const params = { path: { id: webhookId, deliveryId } };
  await dataOf(api.POST('/v1/webhooks/{id}/deliveries/{deliveryId}/resend', { params }));
  await queries.invalidateQueries({ queryKey: [ATTEMPTS] });
}
