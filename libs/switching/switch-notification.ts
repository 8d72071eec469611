import type { Model } from '#libs/catalogue/catalogue.js';
import type { Direction, SwitchNotification, SwitchType } from './switch.js';

const TITLES: Record<SwitchType, string> = { manual: 'Switching AI Model', auto: 'Auto-Switching AI Model' };

/** Title and message in the words that the existing apps show; `direction` lets a client word it more exactly. */
export function notificationOf(
  type: SwitchType,
  from: Model,
  to: Model,
  reason?: string,
): SwitchNotification {
  return {
    title: TITLES[type],
    message: `Upgraded from ${from.name} to ${to.name}${reason ? ` (${reason})` : ''}...`,
    type,
    modelName: to.name,
    modelId: to.id,
    direction: directionOf(from, to),
    from: from.name,
    to: to.name,
    ...(reason && { reason }),
  };
}

function directionOf(from: Model, to: Model): Direction {
  if (from.tier === null || to.tier === null || from.tier === to.tier) return 'lateral';
  return to.tier > from.tier ? 'upgrade' : 'downgrade';
}
