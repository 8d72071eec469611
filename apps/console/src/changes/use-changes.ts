import { answered, dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { api, queries } from '../api.js';
import { NOW_AND_THEN_MS } from '../models/use-models.js';
import { useSession } from '../session/use-session.js';

export type ChangeRequest = Schemas['ChangeRequest'];
export type ChangeSummary = Schemas['ChangeRequestSummary'];
export type ChangeState = ChangeSummary['state'];
export type Proposal = Schemas['ProposeChange'];
export type Operation = Proposal['operations'][number];

const CHANGES = ['change-requests'];
/** A person waits for another: changes have no notification. */
const QUEUE_MS = 10_000;
/** For lists on every page. */
const NEWEST_MS = 30_000;
const PAGE = 50;

export interface ChangesFilter {
  state?: ChangeState;
  useCase?: string;
  /** As audit rows name it. */
  proposer?: string;
  /** Only those that wait for the approval of the reader. */
  waiting?: true;
  /** Only those that were applied without approvals and are not reviewed; `overdue`: too long ago. */
  review?: 'open' | 'overdue';
}

const readPage = (filter: ChangesFilter, cursor: string) =>
  dataOf(
    api.GET('/v1/change-requests', {
      params: { query: { ...filter, limit: PAGE, ...(cursor && { cursor }) } },
    }),
  );

/** The newest of a filter, with whether there are more. */
export const useNewestChanges = (filter: ChangesFilter, isEnabled: boolean) =>
  useQuery({
    queryKey: [...CHANGES, 'newest', filter],
    queryFn: () => readPage(filter, ''),
    enabled: isEnabled,
    refetchInterval: NEWEST_MS,
  });

/** Newest first, a page at a time. */
export const useChangeRequests = (filter: ChangesFilter, isEnabled = true) =>
  useInfiniteQuery({
    queryKey: [...CHANGES, 'list', filter],
    queryFn: ({ pageParam }: { pageParam: string }) => readPage(filter, pageParam),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: isEnabled,
    refetchInterval: QUEUE_MS,
  });

/** Returns whether changes may wait for the reader: a person with the scope approve. */
export function useMayApprove(): boolean {
  const { data: session } = useSession();
  return session?.kind === 'person' && session.scopes.includes('approve');
}

const pathOf = (id: string) => ({ path: { id } });

export const useChangeRequest = (id: string) =>
  useQuery({
    queryKey: [...CHANGES, 'one', id],
    queryFn: () => dataOf(api.GET('/v1/change-requests/{id}', { params: pathOf(id) })),
    refetchInterval: QUEUE_MS,
  });

/** Reads what the operations would do now. Nothing is written. */
export const useChangePreview = ({ id, hash }: ChangeRequest, isEnabled: boolean) =>
  useQuery({
    queryKey: [...CHANGES, 'preview', id, hash],
    queryFn: async () =>
      (await dataOf(api.POST('/v1/change-requests/{id}/preview', { params: pathOf(id) }))).preview ?? [],
    enabled: isEnabled,
    refetchInterval: NOW_AND_THEN_MS,
  });

const refresh = () => queries.invalidateQueries();

/** @param onProposed is called also where the form is gone meanwhile */
export const usePropose = (onProposed?: (change: ChangeRequest) => void) =>
  useMutation({
    onSuccess: onProposed,
    mutationFn: ({ key, ...body }: Proposal & { key: string }) =>
      dataOf(api.POST('/v1/change-requests', { params: { header: { 'Idempotency-Key': key } }, body })),
    onSettled: refresh,
  });

interface Judgement {
  verdict: 'approve' | 'reject';
  hash: string;
  comment: string;
}

const VERDICTS = {
  approve: '/v1/change-requests/{id}/approve',
  reject: '/v1/change-requests/{id}/reject',
} as const;

/** Decides on the content with this hash: the api refuses if the change has another one by now. */
export const useJudge = (id: string) =>
  useMutation({
    mutationFn: ({ verdict, hash, comment }: Judgement) =>
      dataOf(
        api.POST(VERDICTS[verdict], {
          params: pathOf(id),
          body: { hash, ...(comment.trim() !== '' && { comment }) },
        }),
      ),
    onSettled: refresh,
  });

const COMMANDS = {
  apply: '/v1/change-requests/{id}/apply',
  withdraw: '/v1/change-requests/{id}/withdraw',
} as const;
export type ChangeCommand = keyof typeof COMMANDS;

export const useChangeCommand = (id: string) =>
  useMutation({
    mutationFn: (command: ChangeCommand) => dataOf(api.POST(COMMANDS[command], { params: pathOf(id) })),
    onSettled: refresh,
  });

/** Makes a new revision with this time. */
export const useSchedule = (id: string) =>
  useMutation({
    mutationFn: ({ applyAt, revision }: { applyAt: string; revision: number }) =>
      dataOf(
        api.POST('/v1/change-requests/{id}/schedule', {
          params: { ...pathOf(id), header: { 'If-Match': `"${revision}"` } },
          body: { applyAt },
        }),
      ),
    onSettled: refresh,
  });

/** Applies a change now, without approvals, windows and freezes. */
export const useBreakGlass = (id: string) =>
  useMutation({
    mutationFn: (reason: string) =>
      dataOf(api.POST('/v1/change-requests/{id}/break-glass', { params: pathOf(id), body: { reason } })),
    onSettled: refresh,
  });

/** Closes the review of a change that was applied without approvals. */
export const useReviewChange = (id: string) =>
  useMutation({
    mutationFn: (body: Schemas['ReviewChange']) =>
      dataOf(api.POST('/v1/change-requests/{id}/review', { params: pathOf(id), body })),
    onSettled: refresh,
  });

/** Proposes the inverse of a change that was applied. */
export const useUndoChange = (id: string) =>
  useMutation({
    mutationFn: ({ reason, key }: { reason: string; key: string }) =>
      dataOf(
        api.POST('/v1/change-requests/{id}/undo', {
          params: { ...pathOf(id), header: { 'Idempotency-Key': key } },
          body: { reason },
        }),
      ),
    onSettled: refresh,
  });

/** Policies of these use cases, in their order; the first 50 of them. */
export const useChangePolicies = (useCases: readonly string[]) =>
  useQuery({
    queryKey: ['change-policies', 'several', useCases],
    queryFn: () => Promise.all(useCases.slice(0, PAGE).map(readPolicy)),
    enabled: useCases.length > 0,
    refetchInterval: NOW_AND_THEN_MS,
  });

export const readPolicy = (name: string) =>
  dataOf(api.GET('/v1/use-cases/{name}/change-policy', { params: { path: { name } } }));

export type ChangePolicy = Schemas['ChangePolicy'];

/** Sets the policy of a direct use case, if the use case still has the version. */
export const useSetPolicy = (name: string) =>
  useMutation({
    mutationFn: async ({ policy, version }: { policy: Schemas['SetChangePolicy']; version: number }) =>
      (
        await answered(
          api.PUT('/v1/use-cases/{name}/change-policy', {
            params: { path: { name }, header: { 'If-Match': `"${version}"` } },
            body: policy,
          }),
        )
      ).data,
    onSettled: refresh,
  });
