import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api, queries } from '../../api.js';

/** Its `id` is that of a row; the number of the api is `attemptId`. */
export type Attempt = Omit<Schemas['DeliveryAttempt'], 'id'> & { id: string; attemptId: number };
export type AttemptState = Attempt['state'];

const PAGE = 25;
const ATTEMPTS = 'delivery-attempts';
/** No notification says that something was delivered. */
const READ_AGAIN_MS = 5_000;

export const useAttempts = (webhookId: string, state: AttemptState | undefined) =>
  useInfiniteQuery({
    queryKey: [ATTEMPTS, webhookId, state ?? 'all'],
    queryFn: async ({ pageParam }) => {
      const query = { limit: PAGE, state, ...(pageParam && { cursor: Number(pageParam) }) };
      const params = { path: { id: webhookId }, query };
      const { items, nextCursor } = await dataOf(api.GET('/v1/webhooks/{id}/deliveries', { params }));
      return { items: items.map(toAttempt), nextCursor };
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: READ_AGAIN_MS,
  });

const toAttempt = (attempt: Schemas['DeliveryAttempt']): Attempt => ({
  ...attempt,
  id: String(attempt.id),
  attemptId: attempt.id,
});

/** Sends one message again. The list then has the new attempt with its result. */
export async function resendDelivery(webhookId: string, deliveryId: number): Promise<void> {
  const params = { path: { id: webhookId, deliveryId } };
  await dataOf(api.POST('/v1/webhooks/{id}/deliveries/{deliveryId}/resend', { params }));
  await queries.invalidateQueries({ queryKey: [ATTEMPTS] });
}
