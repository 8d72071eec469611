import { KeyLimitError } from './auth.errors.js';
import { type KeyDefaults, type KeyLimits, NO_SETTINGS } from './key-settings.js';
import type { Principal } from './principal.js';

/** Returns what holds for a call of this principal that says nothing else. */
export const defaultsOf = (principal: Principal): KeyDefaults =>
  (principal.kind === 'service' ? principal.settings : undefined)?.defaults ?? NO_SETTINGS.defaults;

/** Returns what this principal may do at most; an internal job has no limits. */
export function limitsOf(principal: Principal): KeyLimits {
  if (principal.kind === 'system') return { ...NO_SETTINGS.limits, models: 'any' };
  return (principal.kind === 'service' ? principal.settings : undefined)?.limits ?? NO_SETTINGS.limits;
}

/** @throws KeyLimitError unless the limits of the key have all these use cases */
export function assertUseCasesAllowed(principal: Principal, ...names: string[]): void {
  const { useCases } = limitsOf(principal);
  const outside = useCases && names.find((name) => !useCases.includes(name));
  if (outside)
    throw new KeyLimitError('useCases', `it may act in ${useCases.join(', ')}, and not in ${outside}`);
}

/** @throws KeyLimitError if the limits of the key list models without this one */
export function assertModelAllowed(principal: Principal, modelId: string): void {
  const { models } = limitsOf(principal);
  if (Array.isArray(models) && !models.includes(modelId))
    throw new KeyLimitError('models', `it may name ${models.join(', ')}, and not ${modelId}`);
}

/**
 * @param userId undefined: all users
 * @throws KeyLimitError unless the limits of the key have this user
 */
export function assertUserAllowed(principal: Principal, userId: string | undefined): void {
  const { users } = limitsOf(principal);
  if (users === 'any' || (userId !== undefined && userId === defaultsOf(principal).userId)) return;
  if (users === 'own') throw new KeyLimitError('users', 'it may act for its default user only');
  if (userId === undefined || !users.some((prefix) => userId.startsWith(prefix)))
    throw new KeyLimitError('users', `it may act for users whose ids begin with ${users.join(', ')}`);
}
