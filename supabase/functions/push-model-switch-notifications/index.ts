// Receives a webhook of the orchestrator and pushes each notification to the devices of its recipients by Firebase Cloud
// Messaging. Beside model-switch-notifications, with a webhook for each, or instead of it. A message that comes again is
// pushed to the devices only that have not had it.
// Secrets: PUSH_WEBHOOK_SECRET, as `webhooks create … --feed users` printed it; FCM_SERVICE_ACCOUNT, the JSON of a
// service account that may send messages and nothing else.
import { callDatabase } from '../_shared/database.ts';
import { type Outcome, pusher } from '../_shared/fcm.ts';
import { Problem, serve } from '../_shared/responses.ts';
import { type Message, messageOf } from '../_shared/standard-webhooks.ts';

const CONCURRENCY = 20;
/** Begins no push after this time, because the orchestrator waits 10 s: the others follow when the message comes again. */
const BUDGET_MS = 5_000;

/** @returns the outcome of each device that there was time for */
async function pushAll({ notification }: Message, devices: string[]): Promise<Map<string, Outcome>> {
  const until = performance.now() + BUDGET_MS;
  const outcomes = new Map<string, Outcome>();
  const push = await pusher();
  const waiting = devices.values();
  const work = async () => {
    for (const device of waiting) {
      if (performance.now() > until) return;
      outcomes.set(device, await push(device, notification));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return outcomes;
}

async function deliver(message: Message, requestId: string): Promise<void> {
  const { webhookId: message_id, recipients } = message;
  const devices = await callDatabase<string[]>('model_switch_devices_to_push', { message_id, recipients });
  if (devices.length === 0) return;
  const outcomes = await pushAll(message, devices);
  const which = (...wanted: Outcome[]) =>
    devices.filter((device) => wanted.includes(outcomes.get(device) ?? 'failed'));
  const [pushed, gone, failed] = [which('pushed', 'refused'), which('gone'), which('failed')];
  await callDatabase('record_model_switch_pushes', { message_id, pushed, gone });
  const refused = which('refused').length;
  if (refused + failed.length > 0)
    console.error(JSON.stringify({ requestId, code: 'not_pushed', refused, failed: failed.length }));
  if (failed.length > 0)
    throw new Problem(503, 'not_pushed', 'Some devices were not reached: send the message again', {
      'retry-after': '5',
    });
}

serve(async (request, requestId) => {
  const message = await messageOf(request, 'PUSH_WEBHOOK_SECRET');
  if (message && message.recipients.length > 0) await deliver(message, requestId);
  return new Response(null, { status: 204 });
});
