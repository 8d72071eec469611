import { answered, dataOf, type Schemas } from '@orchestrator/client/client.js';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { api, queries } from '../api.js';
import { NOW_AND_THEN_MS } from '../models/use-models.js';
import { useMaySeeSwitches } from './use-switches.js';

/** Where to switch: a use case and all that follow it, or one conversation of it. */
export interface Target {
  useCase: string;
  conversationId?: string;
}

/** Requested switch: to a model, or to the best one. */
export interface SwitchSelection {
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

export type SwitchWarning = Schemas['SwitchWarning'];

type Body = Schemas['SwitchRequest'] | Schemas['AutoSwitchRequest'];

function bodyOf(
  { target, modelId }: SwitchSelection,
  { reason, showNotification }: Details,
  dryRun: boolean,
): Body {
  const { useCase, conversationId } = target;
  const shared = { ...(reason && { reason }), showNotification, dryRun };
  if (modelId === null) return { action: 'auto-switch', useCase, conversationId, ...shared };
  const scope = conversationId === undefined ? { useCase } : { conversationId };
  return { action: 'switch', modelId, ...scope, ...shared };
}

async function send(body: Body, ifMatch?: string): Promise<Switched> {
  const headers = ifMatch ? { 'If-Match': ifMatch } : {};
  const answer = await dataOf(api.POST('/orchestrate', { body, params: { header: headers } }));
  if (answer.action !== 'switch' && answer.action !== 'auto-switch')
    throw new Error('not the answer of a switch');
  return { data: answer.data, notification: answer.notification };
}

/** A scope as it is. A switch that names its tag happens to no other. */
export interface ScopeState {
  tag: string | undefined;
  modelId: string | undefined;
  /** The newest switch that it took part in; undefined: none, or the session may not read it. */
  lastSwitch: Schemas['Switch'] | undefined;
}

async function stateOf(target: Target, maySeeSwitches: boolean): Promise<ScopeState> {
  return target.conversationId === undefined
    ? useCaseState(target.useCase, maySeeSwitches)
    : conversationState(target.conversationId);
}

async function useCaseState(useCase: string, maySeeSwitches: boolean): Promise<ScopeState> {
  const query = { useCase, scope: 'use_case' as const, limit: 1 };
  const [{ items }, newest] = await Promise.all([
    dataOf(api.GET('/v1/use-cases')),
    maySeeSwitches ? dataOf(api.GET('/v1/switches', { params: { query } })) : undefined,
  ]);
  const found = items.find(({ name }) => name === useCase);
  return { tag: found && `"${found.version}"`, modelId: found?.activeModelId, lastSwitch: newest?.items[0] };
}

async function conversationState(id: string): Promise<ScopeState> {
  const path = { id };
  const { data, headers } = await answered(api.GET('/v1/conversations/{id}/model', { params: { path } }));
  const history = { params: { path, query: { limit: 1 } } };
  const newest = data.known
    ? await dataOf(api.GET('/v1/conversations/{id}/history', history))
    : { items: [] };
  return { tag: headers.get('etag') ?? undefined, modelId: data.model.id, lastSwitch: newest.items[0] };
}

/** Read again for each dialog, after each event of the stream, and now and then: a pin that changes no model has no event. */
export function useScopeState(target: Target) {
  const maySeeSwitches = useMaySeeSwitches();
  return useQuery({
    queryKey: ['scope', target],
    queryFn: () => stateOf(target, maySeeSwitches),
    refetchInterval: NOW_AND_THEN_MS,
    staleTime: 0,
    gcTime: 0,
  });
}

const WITHOUT: Details = { reason: '', showNotification: true };

/** Dry run of a switch of the scope: its effect and its saving. Nothing is written. */
export const usePreview = (wish: SwitchSelection | undefined, base: ScopeState | undefined) =>
  useQuery({
    queryKey: ['preview', wish, base?.tag],
    queryFn: () => send(bodyOf(wish!, WITHOUT, true)),
    enabled: wish !== undefined && base !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** Switches, if the scope is still as it was when it had this tag. */
export const useSwitch = () =>
  useMutation({
    mutationFn: ({
      wish,
      details,
      tag,
    }: {
      wish: SwitchSelection;
      details: Details;
      tag: string | undefined;
    }) => send(bodyOf(wish, details, false), tag),
    onSettled: () => queries.invalidateQueries(),
  });
