import { type FieldError, InvalidInputError } from '#libs/platform/errors/errors.js';
import { OwnFreezeError } from './change-time.errors.js';

/** Time in which use cases do not change, but for safety. */
export interface Freeze {
  id: string;
  /** Inclusive. */
  from: Date;
  /** Exclusive. */
  to: Date;
  /** Null: all. */
  useCases: string[] | null;
  reason: string;
  /** Its author, as in audit rows. */
  madeBy: string;
  madeAt: Date;
  /** Null: it was not ended early. */
  endedEarlyBy: string | null;
  endedEarlyAt: Date | null;
}

const MAX_FREEZE_DAYS = 90;
/** Clocks of people differ: a freeze from now may come with a time that is past. */
const TOLERANCE_MS = 60_000;

/** @throws InvalidInputError for a freeze that ends before it begins, is over, has begun, or lasts too long */
export function assertFreezeTimes({ from, to }: Pick<Freeze, 'from' | 'to'>, now: Date): void {
  const errors: FieldError[] = [];
  if (from.getTime() < now.getTime() - TOLERANCE_MS)
    errors.push({ field: 'from', message: 'must not be past' });
  if (to <= from) errors.push({ field: 'to', message: 'must be after from' });
  else if (to <= now) errors.push({ field: 'to', message: 'must be ahead' });
  if (to.getTime() - from.getTime() > MAX_FREEZE_DAYS * 86_400_000)
    errors.push({ field: 'to', message: `must be within ${MAX_FREEZE_DAYS} days of from` });
  if (errors.length > 0) throw new InvalidInputError(errors);
}

/** Returns whether the freeze holds a use case at that time. */
export const holds = (
  { from, to, useCases, endedEarlyAt }: Omit<Freeze, 'id' | 'reason' | 'madeBy' | 'madeAt' | 'endedEarlyBy'>,
  useCase: string,
  at: Date,
): boolean =>
  from <= at &&
  at < to &&
  (endedEarlyAt === null || at < endedEarlyAt) &&
  (useCases === null || useCases.includes(useCase));

/** @throws OwnFreezeError: two people decide that a freeze ends early */
export function assertMayEnd({ madeBy }: Pick<Freeze, 'madeBy'>, actor: string): void {
  if (madeBy === actor) throw new OwnFreezeError();
}
