import { z } from 'zod';
import { MOVE_STATES, type Move, type MoveOrder } from '#libs/switching/moves/move.js';
import { cursor, Id, Limit, ModelId, ReasonText } from '../http/string.schemas.js';

export const MoveId = z.uuid();

const Target = z
  .union([z.strictObject({ modelId: ModelId }), z.strictObject({ follow: z.literal(true) })])
  .meta({
    description:
      'A model, or with `follow` each use case takes its best other candidate and pinned conversations follow their use case',
  });

export const StartMove = z
  .strictObject({
    to: Target,
    reason: ReasonText.min(1),
    useCases: z.array(Id).min(1).max(500).optional().meta({ description: 'Absent: every use case' }),
    showNotification: z.boolean().default(true),
    dryRun: z.boolean().default(false).meta({ description: 'true: returns the preview and changes nothing' }),
  })
  .meta({ id: 'StartMove' });
export type StartMove = z.infer<typeof StartMove>;

export const MovesQuery = z.strictObject({
  state: z.enum(MOVE_STATES).optional(),
  modelId: ModelId.optional().meta({ description: 'Model that a move leaves or goes to' }),
  cursor: cursor(MoveId),
  limit: Limit,
});
export type MovesQuery = z.infer<typeof MovesQuery>;

const count = (description: string) => z.number().int().meta({ description });
const MovedUseCaseView = z
  .object({
    name: z.string(),
    from: z.string(),
    to: z.string(),
    switched: z
      .boolean()
      .meta({ description: 'true: the use case itself runs on the model, and is switched' }),
    followers: count('Conversations that follow a use case that is switched, counted up to a million'),
    pinnedManual: count('Conversations that a person pinned to the model'),
    pinnedFallback: count('Conversations that a fallback pinned to the model; they keep what they recover'),
    waysBack: count('Conversations on a fallback from the model; they go back to the target instead of it'),
    savedUsd: z.string().nullable().meta({
      description:
        'USD, positive = cheaper: 30 days of a switched use case and the remaining exchanges of the pinned conversations, of more than 200 by their mean; null: a price is unknown',
    }),
  })
  .meta({ id: 'MovedUseCase' });
const StayingView = z
  .object({
    useCase: z.string(),
    code: z
      .string()
      .meta({ description: '`model_not_a_candidate`, `no_selectable_model`, or a reason against the model' }),
    reason: z.string(),
    conversations: z.number().int(),
  })
  .meta({ id: 'MoveStaying' });

export const MovePreviewView = z
  .object({
    useCases: z.array(MovedUseCaseView),
    staying: z.array(StayingView).meta({ description: 'What stays on the model, and the reason' }),
    totals: z.object({
      useCases: count('Use cases that are switched'),
      following: count('Conversations that follow them'),
      pinned: count('Pinned conversations that move'),
      waysBack: count('Conversations on a fallback whose way back changes, without a switch'),
      users: count('Owners of these conversations'),
      usersCapped: z.boolean().meta({ description: 'true: there are more users than counted' }),
      savedUsd: z.string().nullable(),
    }),
    users: z
      .array(z.object({ userId: z.string(), conversations: z.number().int() }))
      .meta({ description: 'The 20 owners of the most pinned conversations' }),
  })
  .meta({ id: 'MovePreview' });

export const MoveUndoView = z
  .object({
    useCases: z.array(
      z.object({
        name: z.string(),
        switched: z.boolean().meta({ description: 'true: the use case itself goes back to the model' }),
        restored: count('Conversations that get back what the move took from them'),
        kept: count('What was switched since or cannot go back: conversations, and the use case itself'),
        reason: z
          .string()
          .nullable()
          .meta({ description: 'Reason against the model, so that all of it is kept; null: there is none' }),
      }),
    ),
    totals: z.object({
      useCases: count('Use cases that go back'),
      restored: count('Conversations that go back'),
      kept: count('Use cases and conversations that stay'),
    }),
  })
  .meta({ id: 'MoveUndoPreview' });

export const MoveView = z
  .object({
    id: MoveId,
    fromModelId: z.string(),
    to: Target,
    reason: z.string(),
    showNotification: z.boolean(),
    state: z.enum(MOVE_STATES),
    actor: z.string(),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    progress: z
      .object({
        total: count('Pinned conversations and ways back'),
        moved: z.number().int(),
        skipped: count('Conversations that others switched or left meanwhile'),
        failed: count('Conversations that stay: see `staying`'),
      })
      .meta({
        description:
          'Of the pinned conversations and the ways back. The use cases are switched when the move starts',
      }),
    useCases: z.array(MovedUseCaseView).meta({ description: 'The plan at the start of the move' }),
    staying: z.array(StayingView),
    undo: z
      .object({
        actor: z.string(),
        total: count('Switches of the move, of use cases and conversations, and changed ways back'),
        restored: z.number().int(),
        kept: count('Scopes that were switched since, or whose former model is not selectable'),
      })
      .nullable()
      .meta({ description: 'null: the move was not undone' }),
    lastError: z.string().nullable().meta({ description: 'Error of the last step; null: none' }),
  })
  .meta({ id: 'Move' });

export const MovePage = z
  .object({ items: z.array(MoveView), nextCursor: z.string().nullable() })
  .meta({ id: 'MovePage' });

export const toOrder = (fromModelId: string, { to, dryRun: _, ...order }: StartMove): MoveOrder => ({
  ...order,
  fromModelId,
  toModelId: 'modelId' in to ? to.modelId : null,
});

export const toMoveView = ({ toModelId, createdAt, endedAt, ...move }: Move) => ({
  ...move,
  to: toModelId === null ? { follow: true as const } : { modelId: toModelId },
  createdAt: createdAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
});
