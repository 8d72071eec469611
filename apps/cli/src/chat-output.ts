import type { ChatEvent } from './chat-stream.js';
import { operatorMessage } from './notification-output.js';
import { stripControlChars } from './output.js';
import { shownDecimal } from './render.js';

type EventOf<Name extends ChatEvent['event']> = Extract<ChatEvent, { event: Name }>['data'];

/** The notification, which patients see in the app, too. */
export const notificationText = ({ notification }: EventOf<'model'>): string =>
  notification
    ? `✅ ${stripControlChars(notification.title)}\n   Using: ${stripControlChars(notification.modelName)}\n   ${stripControlChars(operatorMessage(notification))}\n`
    : '';

export const restartText = ({ reason, model }: EventOf<'restart'>): string =>
  `\n\n⟲ The answer broke off (${stripControlChars(reason)}): ${stripControlChars(model.name)} starts again.\n`;

const STOPS: Record<string, string> = { guardrail_intervened: 'guardrail intervened' };

/** `no_price_for_long_context` as words. */
const unknownCost = (reason?: string): string =>
  reason === undefined
    ? 'cost not known'
    : `cost not known: ${stripControlChars(reason.replaceAll('_', ' '))}`;

export function closingText({ model, stopReason, usage, conversationId }: EventOf<'done'>): string {
  const cost = usage.costUsd === null ? unknownCost(usage.costUnknown) : `${shownDecimal(usage.costUsd)} USD`;
  const tokens = `${usage.estimated ? '≈ ' : ''}${usage.inputTokens} + ${usage.outputTokens} tokens`;
  const stopped =
    stopReason === 'end_turn' ? [] : [STOPS[stopReason] ?? `stopped by ${stripControlChars(stopReason)}`];
  return `[${[stripControlChars(model.name), tokens, cost, ...stopped, stripControlChars(conversationId)].join(' · ')}]`;
}

/** An answer may have lines; the rest of what could move a terminal's cursor stays out. */
export const answerText = (text: string): string => text.split('\n').map(stripControlChars).join('\n');
