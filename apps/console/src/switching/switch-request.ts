import { answered, type Schemas } from '@orchestrator/client/client.js';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { api, queries } from '../api.js';

/** Where to switch: a use case and all that follow it, or one conversation of it. */
export interface Target {
  useCase: string;
  conversationId?: string;
}

/** What is asked for: a model, or the best one by itself. */
export interface Wish {
  target: Target;
  /** null: whichever is best; a conversation follows its use case again. */
  modelId: string | null;
}

export interface Details {
  reason: string;
  showNotification: boolean;
}

export interface Switched {
  data: Schemas['SwitchData'];
  notification?: Schemas['SwitchNotification'];
  /** Of the scope as it was looked at: the switch happens to nothing else. */
  etag: string | null;
}

type Body = Schemas['SwitchRequest'] | Schemas['AutoSwitchRequest'];

function bodyOf({ target, modelId }: Wish, { reason, showNotification }: Details, dryRun: boolean): Body {
  const { useCase, conversationId } = target;
  if (modelId === null) return { action: 'auto-switch', useCase, conversationId, showNotification, dryRun };
  const scope = conversationId === undefined ? { useCase } : { conversationId };
  return { action: 'switch', modelId, ...scope, ...(reason && { reason }), showNotification, dryRun };
}

async function send(body: Body, ifMatch?: string | null): Promise<Switched> {
  const headers = ifMatch ? { 'If-Match': ifMatch } : {};
  const { data: answer, headers: answerHeaders } = await answered(
    api.POST('/orchestrate', { body, params: { header: headers } }),
  );
  if (answer.action !== 'switch' && answer.action !== 'auto-switch')
    throw new Error('not the answer of a switch');
  return { data: answer.data, notification: answer.notification, etag: answerHeaders.get('etag') };
}

const WITHOUT: Details = { reason: '', showNotification: true };

/** What the switch would do and save. Nothing is written. */
export const usePreview = (wish: Wish | undefined) =>
  useQuery({
    queryKey: ['preview', wish],
    queryFn: () => send(bodyOf(wish!, WITHOUT, true)),
    enabled: wish !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** Switches, if all is still as the preview had it. */
export const useSwitch = () =>
  useMutation({
    mutationFn: ({ wish, details, etag }: { wish: Wish; details: Details; etag: string | null }) =>
      send(bodyOf(wish, details, false), etag),
    onSettled: () => queries.invalidateQueries(),
  });
