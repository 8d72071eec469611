import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { api, queries } from '../api.js';
import { NOW_AND_THEN_MS } from '../models/use-models.js';
import { useMay } from '../session/use-session.js';

export type Move = Schemas['Move'];
export type MovePreview = Schemas['MovePreview'];
export type MoveUndoPreview = Schemas['MoveUndoPreview'];
export type MoveTarget = Schemas['StartMove']['to'];

/** Model, target and use cases of a move; without use cases, everything that runs on the model. */
interface MoveOrder {
  fromModelId: string;
  to: MoveTarget;
  useCases?: string[];
}

const PROGRESS_MS = 2_000;
/** The preview needs a reason as the move does, and stores none. */
const NO_REASON = 'Preview';

/** Effect of a move; nothing is changed. */
export const useMovePreview = (order: MoveOrder | undefined) =>
  useQuery({
    queryKey: ['move-preview', order],
    queryFn: () => preview(order!),
    enabled: useMay('operate') && order !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

async function preview({ fromModelId, ...order }: MoveOrder): Promise<MovePreview> {
  const answer = await send(fromModelId, {
    ...order,
    reason: NO_REASON,
    showNotification: true,
    dryRun: true,
  });
  if (!('totals' in answer)) throw new Error('not the answer of a dry run');
  return answer;
}

const send = (id: string, body: Schemas['StartMove'], key?: string) =>
  dataOf(
    api.POST('/v1/models/{id}/moves', {
      params: { path: { id }, header: key ? { 'Idempotency-Key': key } : {} },
      body,
    }),
  );

interface MoveStart extends MoveOrder {
  reason: string;
  showNotification: boolean;
  /** The same for every attempt of one decision. */
  key: string;
}

export const useStartMove = () =>
  useMutation({
    mutationFn: ({ fromModelId, key, ...order }: MoveStart) =>
      send(fromModelId, { ...order, dryRun: false }, key),
    onSettled: refresh,
  });

const isActive = ({ state }: Move) => state === 'running' || state === 'undoing';

/** Last moves from or to a model, newest first. */
export function useMoves(modelId: string) {
  const mayRead = useMay('operate');
  return useQuery({
    queryKey: ['moves', modelId],
    queryFn: async () =>
      (await dataOf(api.GET('/v1/moves', { params: { query: { modelId, limit: 5 } } }))).items,
    enabled: mayRead,
    refetchInterval: ({ state }) => (state.data?.some(isActive) ? PROGRESS_MS : NOW_AND_THEN_MS),
  });
}

const COMMANDS = {
  pause: '/v1/moves/{id}/pause',
  resume: '/v1/moves/{id}/resume',
  abort: '/v1/moves/{id}/abort',
  undo: '/v1/moves/{id}/undo',
} as const;
export type MoveCommand = keyof typeof COMMANDS;

export const useMoveCommand = (id: string) =>
  useMutation({
    mutationFn: (command: MoveCommand) => dataOf(api.POST(COMMANDS[command], { params: { path: { id } } })),
    onSettled: refresh,
  });

const refresh = () =>
  Promise.all(
    ['moves', 'models', 'use-cases', 'candidates', 'model-use', 'switches', 'move-preview'].map((name) =>
      queries.invalidateQueries({ queryKey: [name] }),
    ),
  );
