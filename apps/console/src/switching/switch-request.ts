import { answered, dataOf, type Schemas } from '@orchestrator/client/client.js';
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
}

type Body = Schemas['SwitchRequest'] | Schemas['AutoSwitchRequest'];

function bodyOf({ target, modelId }: Wish, { reason, showNotification }: Details, dryRun: boolean): Body {
  const { useCase, conversationId } = target;
  if (modelId === null) return { action: 'auto-switch', useCase, conversationId, showNotification, dryRun };
  const scope = conversationId === undefined ? { useCase } : { conversationId };
  return { action: 'switch', modelId, ...scope, ...(reason && { reason }), showNotification, dryRun };
}

async function send(body: Body, ifMatch?: string): Promise<Switched> {
  const headers = ifMatch ? { 'If-Match': ifMatch } : {};
  const answer = await dataOf(api.POST('/orchestrate', { body, params: { header: headers } }));
  if (answer.action !== 'switch' && answer.action !== 'auto-switch')
    throw new Error('not the answer of a switch');
  return { data: answer.data, notification: answer.notification };
}

/** The state of the scope now: a switch that names it happens to no other. */
async function tagOf({ useCase, conversationId }: Target): Promise<string | undefined> {
  if (conversationId === undefined) {
    const { items } = await dataOf(api.GET('/v1/use-cases'));
    const version = items.find(({ name }) => name === useCase)?.version;
    return version === undefined ? undefined : `"${version}"`;
  }
  const params = { path: { id: conversationId } };
  const { headers } = await answered(api.GET('/v1/conversations/{id}/model', { params }));
  return headers.get('etag') ?? undefined;
}

const WITHOUT: Details = { reason: '', showNotification: true };

/** What the switch would do and save to the scope as it is now. Nothing is written. */
async function preview(wish: Wish): Promise<Switched & { tag: string | undefined }> {
  const tag = await tagOf(wish.target);
  return { ...(await send(bodyOf(wish, WITHOUT, true))), tag };
}

export const usePreview = (wish: Wish | undefined) =>
  useQuery({
    queryKey: ['preview', wish],
    queryFn: () => preview(wish!),
    enabled: wish !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** Switches, if all is still as the preview had it. */
export const useSwitch = () =>
  useMutation({
    mutationFn: ({ wish, details, tag }: { wish: Wish; details: Details; tag: string | undefined }) =>
      send(bodyOf(wish, details, false), tag),
    onSettled: () => queries.invalidateQueries(),
  });
