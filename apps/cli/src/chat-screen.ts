import type { ChatEvent } from './chat-stream.js';
import { plain } from './output.js';
import { shownDecimal } from './page.js';

type EventOf<Name extends ChatEvent['event']> = Extract<ChatEvent, { event: Name }>['data'];

const VERBS: Record<string, string> = { downgrade: 'Downgraded', lateral: 'Switched' };

/** The service's message says "Upgraded" for every switch; the direction says what happened. */
const exactly = (message: string, direction = ''): string =>
  message.replace(/^Upgraded\b/, VERBS[direction] ?? 'Upgraded');

/** The notification, which patients see in the app, too. */
export const notificationText = ({ notification }: EventOf<'model'>): string =>
  notification
    ? `✅ ${plain(notification.title)}\n   Using: ${plain(notification.modelName)}\n   ${plain(exactly(notification.message, notification.direction))}\n`
    : '';

export const restartText = ({ reason, model }: EventOf<'restart'>): string =>
  `\n\n⟲ The answer broke off (${plain(reason)}): ${plain(model.name)} starts again.\n`;

const STOPS: Record<string, string> = { guardrail_intervened: 'guardrail intervened' };

/** `no_price_for_long_context` as words. */
const unknownCost = (reason?: string): string =>
  reason === undefined ? 'cost not known' : `cost not known: ${plain(reason.replaceAll('_', ' '))}`;

export function closingText({ model, stopReason, usage, conversationId }: EventOf<'done'>): string {
  const cost = usage.costUsd === null ? unknownCost(usage.costUnknown) : `${shownDecimal(usage.costUsd)} USD`;
  const tokens = `${usage.estimated ? '≈ ' : ''}${usage.inputTokens} + ${usage.outputTokens} tokens`;
  const stopped = stopReason === 'end_turn' ? [] : [STOPS[stopReason] ?? `stopped by ${plain(stopReason)}`];
  return `[${[plain(model.name), tokens, cost, ...stopped, plain(conversationId)].join(' · ')}]`;
}

/** An answer may have lines; the rest of what could move a terminal's cursor stays out. */
export const answerText = (text: string): string => text.split('\n').map(plain).join('\n');
