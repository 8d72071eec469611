import { z } from 'zod';
import type { ChangeOperation } from '#libs/change-control/change-operation.js';
import { MAX_OPERATIONS } from '#libs/change-control/change-operation.js';
import type { OperationPreview } from '#libs/change-control/change-preview.service.js';
import {
  CHANGE_STATES,
  type ChangeRequest,
  type ChangeRequestDetails,
} from '#libs/change-control/change-request.js';
import type { PreviewedChangeRequest } from '#libs/change-control/change-requests.service.js';
import { ReasonView } from '../catalogue/catalogue.schemas.js';
import { EditModel, EditUseCase } from '../catalogue/catalogue-editing.schemas.js';
import { cursor, flag, Id, Limit, LongText, ModelId, Time } from '../http/string.schemas.js';
import { MoveId, MovePreviewView, MoveUndoView } from '../moves/moves.schemas.js';
import { NotificationView, SwitchData } from '../orchestrate/orchestrate.schemas.js';
import { EditPolicy } from './change-policy.schemas.js';

export const ChangeRequestId = z.uuid();

const Operation = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('switch-use-case'), useCase: Id, modelId: ModelId }),
    z.strictObject({ kind: z.literal('edit-use-case'), useCase: Id, edit: EditUseCase }),
    z.strictObject({ kind: z.literal('edit-policy'), useCase: Id, policy: EditPolicy }),
    z.strictObject({ kind: z.literal('edit-model'), modelId: ModelId, edit: EditModel }),
    z.strictObject({
      kind: z.literal('retire-model'),
      modelId: ModelId,
      successorId: ModelId.nullable().default(null),
    }),
    z.strictObject({
      kind: z.literal('move-off-model'),
      modelId: ModelId,
      toModelId: ModelId.nullable()
        .default(null)
        .meta({ description: 'null: each use case takes its best other candidate' }),
      useCases: z.array(Id).min(1).max(500).nullable().default(null).meta({ description: 'null: all' }),
    }),
    z.strictObject({
      kind: z.literal('undo-move'),
      moveId: MoveId.meta({ description: 'Of a move that has ended' }),
    }),
  ])
  .meta({ id: 'ChangeOperation' });

export const ProposeChange = z
  .strictObject({
    operations: z
      .array(Operation)
      .min(1)
      .max(MAX_OPERATIONS)
      .meta({ description: 'In the order in which they are applied: all or none' }),
    reason: LongText.meta({ description: 'Stored in the audit log and shown to users' }),
    applyAt: Time.optional().meta({ description: 'Absent: as soon as it is approved' }),
  })
  .meta({ id: 'ProposeChange' });
export type ProposeChange = z.infer<typeof ProposeChange>;

export const toProposal = ({ operations, ...proposal }: ProposeChange) => ({
  ...proposal,
  operations: operations as ChangeOperation[],
});

export const ChangeRequestsQuery = z.strictObject({
  state: z.enum(CHANGE_STATES).optional(),
  useCase: Id.optional(),
  proposer: Id.optional().meta({ description: 'As audit rows name it' }),
  waiting: flag(
    '`true`: only those that wait for your approval: you have the scope approve and a group that a policy demands, neither proposed nor edited it, and have not approved this revision. Empty for a key',
  ),
  review: z.enum(['open', 'overdue']).optional().meta({
    description:
      '`open`: applied without approvals and not reviewed; `overdue`: the time of the review is past',
  }),
  cursor: cursor(ChangeRequestId),
  limit: Limit,
});
export type ChangeRequestsQuery = z.infer<typeof ChangeRequestsQuery>;

const Hash = z.string().regex(/^[\da-f]{64}$/, 'must be the hash of the change request: 64 hex digits');

export const JudgeChange = z
  .strictObject({
    hash: Hash.meta({ description: 'Hash of the content that you have seen' }),
    comment: LongText.optional(),
  })
  .meta({ id: 'JudgeChange' });
export type JudgeChange = z.infer<typeof JudgeChange>;

export const UndoChange = z.strictObject({ reason: LongText.optional() }).meta({ id: 'UndoChange' });
export type UndoChange = z.infer<typeof UndoChange>;

const values = z.record(z.string(), z.unknown());
const RequestShape = {
  id: ChangeRequestId,
  state: z.enum(CHANGE_STATES),
  revision: z.number().int(),
  hash: z
    .string()
    .meta({ description: 'SHA-256 of the operations, their versions and `applyAt`: approvals are of it' }),
  reason: z.string(),
  applyAt: z.iso.datetime().nullable().meta({ description: 'null: as soon as it is approved' }),
  useCases: z.array(z.string()),
  proposer: z.string(),
  editor: z.string().meta({ description: 'Who made this revision' }),
  origin: z
    .enum(['proposal', 'fallback'])
    .meta({ description: '`fallback`: made by a fallback-switch without evidence, for its review' }),
  undoes: ChangeRequestId.nullable().meta({ description: 'Change whose recorded values this one restores' }),
  createdAt: z.iso.datetime(),
  revisedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  failure: z
    .object({
      code: z.string(),
      detail: z.string(),
      operation: z.number().int().nullable(),
      conflicts: z
        .array(
          z.object({
            operation: z.number().int(),
            scope: z.string(),
            expected: z.unknown(),
            present: z.unknown(),
          }),
        )
        .optional(),
    })
    .nullable()
    .meta({ description: 'Why it is conflicted or failed' }),
  reviewDueAt: z.iso
    .datetime()
    .nullable()
    .meta({ description: 'Until when a person has to review a change that had no approvals' }),
  reviewedAt: z.iso.datetime().nullable(),
};

const ChangeRequestSummary = z.object(RequestShape).meta({ id: 'ChangeRequestSummary' });

const RecordedOperation = z.object({
  operation: Operation,
  scope: z.string(),
  expectedVersion: z.string(),
  before: values.meta({ description: 'Values that an undo restores' }),
  after: values,
  result: values.nullable().meta({ description: 'Ids of what it made; null: it was not applied' }),
});

const Decision = z.object({
  id: z.uuid(),
  revision: z.number().int(),
  hash: z.string(),
  kind: z.string(),
  actor: z.string(),
  comment: z.string().nullable(),
  decidedAt: z.iso.datetime(),
});

const PreviewView = z.object({
  scope: z.string(),
  useCases: z.array(z.string()),
  switched: SwitchData.extend({
    pinned: z.number().int().meta({ description: 'Conversations with a pin, which stay as they are' }),
    notification: NotificationView.nullable().meta({ description: 'Sent to the followers' }),
  }).nullable(),
  move: MovePreviewView.nullable(),
  moveUndo: MoveUndoView.nullable().meta({
    description: 'Of `undo-move`: a worker does it after the change was applied',
  }),
  undo: z.object({ isPossible: z.boolean(), reasons: z.array(ReasonView) }),
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
});

export const ChangeRequestView = z
  .object({
    ...RequestShape,
    operations: z.array(RecordedOperation),
    decisions: z.array(Decision),
    preview: z
      .array(PreviewView)
      .optional()
      .meta({ description: 'Of each operation, after a proposal, a revision or a preview' }),
  })
  .meta({ id: 'ChangeRequest' });

export const ChangeRequestPage = z
  .object({ items: z.array(ChangeRequestSummary), nextCursor: z.string().nullable() })
  .meta({ id: 'ChangeRequestPage' });

const iso = (time: Date | null) => (time === null ? null : time.toISOString());

export const toSummary = (change: ChangeRequest) => ({
  id: change.id,
  state: change.state,
  revision: change.revision,
  hash: change.hash,
  reason: change.reason,
  applyAt: iso(change.applyAt),
  useCases: change.useCases,
  proposer: change.proposer,
  editor: change.editor,
  origin: change.origin,
  undoes: change.undoes,
  createdAt: change.createdAt.toISOString(),
  revisedAt: change.revisedAt.toISOString(),
  expiresAt: change.expiresAt.toISOString(),
  endedAt: iso(change.endedAt),
  failure: change.failure,
  reviewDueAt: iso(change.reviewDueAt),
  reviewedAt: iso(change.reviewedAt),
});

export const toChangeView = (change: ChangeRequestDetails) => ({
  ...toSummary(change),
  operations: change.operations.map(({ useCases: _, ...operation }) => operation),
  decisions: change.decisions.map(({ groups: _, decidedAt, ...decision }) => ({
    ...decision,
    decidedAt: decidedAt.toISOString(),
  })),
});

export const toPreviewedView = ({ change, preview }: PreviewedChangeRequest) => ({
  ...toChangeView(change),
  preview: preview.operations.map(toPreviewView),
});

const toPreviewView = ({ switched, error, ...preview }: OperationPreview) => {
  const { etag: _, notification = null, ...data } = switched ?? { etag: '' };
  return {
    ...preview,
    switched: switched && { ...data, notification },
    error: error && { code: error.code, detail: error.message },
  };
};
