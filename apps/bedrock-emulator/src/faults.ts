import { z } from 'zod';
import { ERROR_PRESETS } from './error-presets.js';
import { OPERATIONS } from './operations.js';

const milliseconds = z.number().int().min(0).max(600_000);
const count = z.number().int().min(1);
/** Events that still arrive in good order. Only for streams. */
const afterEvents = z.number().int().min(0);

const Match = z.strictObject({
  /** As invoked, or the bare id; absent: all models. */
  modelId: z.string().min(1).optional(),
  plane: z.enum(['runtime', 'control']).optional(),
  operation: z.enum(OPERATIONS).optional(),
  /** Gone after this many hits; absent: stays. */
  times: count.optional(),
  /** Hits only each nth matching call: the nth, the 2nth ... */
  everyNth: count.optional(),
  /** Down for `downMs` from the moment it is set, then up for `upMs`, and so on. */
  flapping: z.strictObject({ downMs: count, upMs: count }).optional(),
});

const Fault = z.discriminatedUnion('kind', [
  Match.extend({
    kind: z.literal('error'),
    name: z.string().min(1),
    message: z.string().optional(),
    status: z.number().int().min(400).max(599).optional(),
    retryAfterSeconds: z.number().int().min(0).optional(),
  }),
  Match.extend({ kind: z.literal('refusal'), reason: z.enum(ERROR_PRESETS) }),
  /** Waits before anything is answered. */
  Match.extend({ kind: z.literal('latency'), ms: milliseconds }),
  /** Waits after the stream began and before its first text. */
  Match.extend({ kind: z.literal('first_token_delay'), ms: milliseconds }),
  /** Cuts the connection: before the headers, or after some events. */
  Match.extend({ kind: z.literal('cut'), afterEvents: afterEvents.optional() }),
  /** Never says another word: before the headers, or after some events. */
  Match.extend({ kind: z.literal('stall'), afterEvents: afterEvents.optional() }),
  /** Ends the stream as if it were complete. */
  Match.extend({ kind: z.literal('truncate'), afterEvents }),
  /** Sends bytes that are no frame, and ends the stream. */
  Match.extend({ kind: z.literal('malformed'), afterEvents }),
  /** An exception frame in the stream, of a name that the SDK knows or not. */
  Match.extend({
    kind: z.literal('exception'),
    name: z.string().min(1),
    message: z.string().optional(),
    afterEvents: afterEvents.default(0),
  }),
  /** An answer that stops for another reason than its end. */
  Match.extend({
    kind: z.literal('stop'),
    reason: z.enum(['guardrail_intervened', 'content_filtered', 'model_context_window_exceeded']),
  }),
]);

export const FaultList = z.array(Fault).max(200);
/** A fault as it is set: the defaults may be left out. */
export type FaultInput = z.input<typeof Fault>;
export type Fault = z.output<typeof Fault>;
export type StopFault = Extract<Fault, { kind: 'stop' }>;
/** What ends a call badly; the others only delay or colour it. */
export type Fate = Extract<
  Fault,
  { kind: 'error' | 'refusal' | 'cut' | 'stall' | 'truncate' | 'malformed' | 'exception' }
>;
