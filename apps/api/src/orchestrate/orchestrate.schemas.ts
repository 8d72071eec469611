import { z } from 'zod';
import type { SwitchOutcome } from '#libs/switching/switch.js';
import type { SwitchWarning } from '#libs/wires/switch-warnings.js';
import { CandidatesView, ExplanationView, ModelView, ReasonView } from '../catalogue/catalogue.schemas.js';
import { Id, ModelId, ReasonText, WireName } from '../http/string.schemas.js';

const ACTIONS = [
  'list-all',
  'get-for-use-case',
  'validate',
  'switch',
  'auto-switch',
  'fallback-switch',
  'clear-cache',
];

const target = { conversationId: Id.optional(), userId: Id.optional() };
/** Without a default: the hash of a request with an Idempotency-Key must stay the same if the field is not sent. */
const mustExist = z.boolean().optional().meta({
  description: 'true: the response is 404 if the conversation does not exist, and nothing is created',
});
const showNotification = z.boolean().default(true).meta({ description: 'false: the notification is silent' });
const dryRun = z.boolean().default(false).meta({ description: 'true: return the result and write nothing' });

/** Without a default, as `mustExist`. */
const propose = z.boolean().optional().meta({
  description:
    'true: a switch of a use case is proposed as a change request, for another person to approve; the response is 202',
});

const explain = z
  .boolean()
  .optional()
  .meta({ description: 'true: also return each candidate with its figures and the reasons against it' });

const ListAll = z.object({ action: z.literal('list-all') }).meta({ id: 'ListAllRequest' });
const GetForUseCase = z
  .object({ action: z.literal('get-for-use-case'), useCase: Id, explain })
  .meta({ id: 'GetForUseCaseRequest' });
const Validate = z
  .object({
    action: z.literal('validate'),
    modelId: ModelId,
    deep: z
      .boolean()
      .default(false)
      .meta({ description: 'true: probe the model now; needs the scope operate' }),
  })
  .meta({ id: 'ValidateRequest' });
const Switch = z
  .object({
    action: z.literal('switch'),
    modelId: ModelId,
    ...target,
    useCase: Id.optional(),
    reason: ReasonText.optional(),
    showNotification,
    dryRun,
    explain,
    mustExist,
    propose,
  })
  .meta({ id: 'SwitchRequest' });
const AutoSwitch = z
  .object({
    action: z.literal('auto-switch'),
    useCase: Id,
    reason: ReasonText.optional(),
    ...target,
    showNotification,
    dryRun,
    explain,
    mustExist,
    propose,
  })
  .meta({ id: 'AutoSwitchRequest' });
const FallbackSwitch = z
  .object({
    action: z.literal('fallback-switch'),
    reason: ReasonText.min(1),
    failedModelId: ModelId.optional(),
    ...target,
    useCase: Id.optional(),
    showNotification,
    dryRun,
    explain,
    mustExist,
  })
  .meta({ id: 'FallbackSwitchRequest' });
const ClearCache = z.object({ action: z.literal('clear-cache') }).meta({ id: 'ClearCacheRequest' });

/** Unknown fields are ignored here: clients of the old function may send some. */
export const OrchestrateRequest = z
  .discriminatedUnion(
    'action',
    [ListAll, GetForUseCase, Validate, Switch, AutoSwitch, FallbackSwitch, ClearCache],
    {
      error: (issue) =>
        issue.code === 'invalid_union'
          ? `unknown action; the actions are ${ACTIONS.join(', ')}`
          : 'must be a JSON object',
    },
  )
  .meta({ id: 'OrchestrateRequest' });
export type OrchestrateRequest = z.infer<typeof OrchestrateRequest>;
export type SwitchingRequest = Extract<OrchestrateRequest, { showNotification: boolean }>;

const Usd = z.string().nullable();

const Verdict = z
  .object({
    modelId: z.string(),
    valid: z.boolean(),
    exists: z.boolean(),
    reasons: z.array(ReasonView),
    lifecycle: ModelView.shape.lifecycle.nullable(),
    lastValidatedAt: z.string().nullable(),
    successor: z.string().optional(),
    check: z
      .object({
        outcome: z.enum(['passed', 'failed', 'inconclusive']),
        errorKind: z.string().nullable(),
        detail: z.string().nullable(),
        latencyMs: z.number().int().nullable(),
        tokens: z.number().int(),
        costUsd: Usd,
      })
      .optional()
      .meta({ description: 'With `deep`: result of the probe' }),
  })
  .meta({ id: 'Verdict' });

/** The response has every field of the outcome: a field that is added there is missing here at compile time. */
type SwitchFields = { [Field in keyof Omit<SwitchOutcome, 'notification' | 'etag'>]: unknown };

export const SwitchWarningView = z
  .object({
    kind: z.enum(['body_family', 'lacks', 'adapted']).meta({
      description:
        '`body_family`: the model takes no body in this form. `lacks`: it refuses a form that the calls need. `adapted`: it refuses a form that the calls can go without',
    }),
    useCase: z.string(),
    wire: WireName,
    bodyFamily: z.string().optional().meta({ description: 'Form of the body; absent: a chat' }),
    form: z.string().optional().meta({ description: 'Name of a capability' }),
    calls: z.number().int().meta({ description: 'A call with several forms counts for each' }),
    text: z.string(),
  })
  .meta({ id: 'SwitchWarning' }) satisfies z.ZodType<SwitchWarning>;

export const SwitchData = z
  .object({
    switched: z.boolean().meta({ description: 'true: the effective model changed' }),
    from: z.string(),
    to: z.string(),
    fromId: z.string(),
    toId: z.string(),
    scope: z.enum(['conversation', 'use_case']),
    conversationId: z.string().optional(),
    useCase: z.string(),
    version: z.number().int(),
    switchId: z.uuid().optional(),
    created: z.literal(true).optional().meta({
      description: 'true: the request created the conversation; with `dryRun`: the request would create it',
    }),
    dryRun: z.literal(true).optional(),
    costImpact: z
      .object({ savedUsd: Usd, horizon: z.string() })
      .optional()
      .meta({ description: 'With `dryRun`: cost impact; positive: the switch saves money' }),
    followers: z.number().int().optional().meta({
      description: 'With `dryRun`: conversations that follow the use case, counted up to 1,000,000',
    }),
    explanation: ExplanationView.optional(),
    change: z
      .object({ id: z.uuid(), state: z.string(), url: z.string() })
      .optional()
      .meta({ description: 'With `propose`: the change request that would switch' }),
    warnings: z.array(SwitchWarningView).optional().meta({
      description:
        'With `dryRun` and a service key: calls of the last 30 days that followed the use case, and that the new model does not take, or not as they are. Absent: there are none',
    }),
  })
  .meta({ id: 'SwitchData' }) satisfies z.ZodType<SwitchFields>;

export const NotificationView = z
  .object({
    title: z.string(),
    message: z.string(),
    type: z.enum(['manual', 'auto']),
    modelName: z.string(),
    modelId: z.string(),
    direction: z.enum(['upgrade', 'downgrade', 'lateral']),
    from: z.string(),
    to: z.string(),
    reason: z.string().optional(),
  })
  .meta({ id: 'SwitchNotification' });

/** Notification in the answer of a call. */
export const SentNotificationView = NotificationView.extend({
  id: z.uuid().meta({ description: 'As in `/v1/notifications`' }),
}).meta({ id: 'SentNotification' });

const answer = <Action extends string, Data extends z.ZodType>(action: Action, data: Data) =>
  z.object({ success: z.literal(true), action: z.literal(action), data });
const switchAnswer = <Action extends string>(action: Action) =>
  answer(action, SwitchData).extend({
    notification: NotificationView.optional().meta({
      description: 'Present only if `switched` is true and `showNotification` is not false',
    }),
  });

export const OrchestrateResponse = z
  .discriminatedUnion('action', [
    answer('list-all', z.object({ total: z.number().int(), models: z.array(ModelView) })),
    answer('get-for-use-case', CandidatesView),
    answer('validate', Verdict),
    switchAnswer('switch'),
    switchAnswer('auto-switch'),
    switchAnswer('fallback-switch'),
    answer('clear-cache', z.object({ cleared: z.literal(true), version: z.number().int() })),
  ])
  .meta({ id: 'OrchestrateAnswer' });
export type OrchestrateResponse = z.infer<typeof OrchestrateResponse>;
