// Receives the webhook of the orchestrator and writes each notification to the table model_switch_notifications, for
// the recipients who have an account in this project. The app binds to the table. A message that comes again changes
// nothing; any answer but 2xx makes it come again.
// Secret: MODEL_SWITCH_WEBHOOK_SECRET, as `webhooks create … --feed users` printed it.
import { callDatabase } from '../_shared/database.ts';
import { serve } from '../_shared/responses.ts';
import { messageOf } from '../_shared/standard-webhooks.ts';

serve(async (request) => {
  const message = await messageOf(request, 'MODEL_SWITCH_WEBHOOK_SECRET');
  if (message && message.recipients.length > 0)
    await callDatabase('receive_model_switch_notification', {
      message_id: message.webhookId,
      content: message.notification,
      recipients: message.recipients,
    });
  return new Response(null, { status: 204 });
});
