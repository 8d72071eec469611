import { z } from 'zod';
import { AnswerScript } from './answer-script.js';
import { ERROR_PRESETS } from './error-presets.js';
import { OPERATIONS } from './operations.js';

const milliseconds = z.number().int().min(0).max(600_000);
const count = z.number().int().min(1);
const STREAM_EVENTS = [
  ...[
    'messageStart',
    'contentBlockStart',
    'contentBlockDelta',
    'contentBlockStop',
    'messageStop',
    'metadata',
  ],
  ...['message_start', 'content_block_start', 'content_block_delta', 'content_block_stop', 'message_delta'],
  'message_stop',
] as const;
/** Number of events that still arrive correctly, or the type of the last of them. Only for streams. */
const afterEvents = z.union([z.number().int().min(0), z.enum(STREAM_EVENTS)]);

const Match = z.strictObject({
  /** As invoked, or the bare id; absent: all models. */
  modelId: z.string().min(1).optional(),
  plane: z.enum(['runtime', 'control']).optional(),
  operation: z.enum(OPERATIONS).optional(),
  /** The fault is removed after this many hits; absent: it stays. */
  times: count.optional(),
  /** Hits only each nth matching call: the nth, the 2nth ... */
  everyNth: count.optional(),
  /** Active for `downMs` after it is set, then inactive for `upMs`, and so on. */
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
  /** Waits before the response starts. */
  Match.extend({ kind: z.literal('latency'), ms: milliseconds }),
  /** Waits after the stream began and before its first content. */
  Match.extend({ kind: z.literal('first_token_delay'), ms: milliseconds }),
  /** Cuts the connection: before the headers, or after some events. */
  Match.extend({ kind: z.literal('cut'), afterEvents: afterEvents.optional() }),
  /** Stops sending without closing: before the headers, or after some events. */
  Match.extend({ kind: z.literal('stall'), afterEvents: afterEvents.optional() }),
  /** Ends the stream as if it were complete. */
  Match.extend({ kind: z.literal('truncate'), afterEvents }),
  /** Sends bytes that are no frame, and ends the stream. */
  Match.extend({ kind: z.literal('malformed'), afterEvents }),
  /** Sends an exception frame in the stream, with a name that the SDK may or may not know. */
  Match.extend({
    kind: z.literal('exception'),
    name: z.string().min(1),
    message: z.string().optional(),
    afterEvents: afterEvents.default(0),
  }),
  /** Stops the response for a reason other than its end. */
  Match.extend({
    kind: z.literal('stop'),
    reason: z.enum(['guardrail_intervened', 'content_filtered', 'model_context_window_exceeded']),
  }),
  /** Replaces the response; of several, a call gets the first that has not had its `times`. */
  Match.extend({ kind: z.literal('answer'), ...AnswerScript }),
]);

export const FaultList = z.array(Fault).max(200);
/** Fault as the caller sets it: fields with defaults are optional. */
export type FaultInput = z.input<typeof Fault>;
export type Fault = z.output<typeof Fault>;
export type StopFault = Extract<Fault, { kind: 'stop' }>;
export type AnswerFault = Extract<Fault, { kind: 'answer' }>;
/** Fault that makes a call fail; the others only delay or change it. */
export type AttemptFault = Extract<
  Fault,
  { kind: 'error' | 'refusal' | 'cut' | 'stall' | 'truncate' | 'malformed' | 'exception' }
>;
