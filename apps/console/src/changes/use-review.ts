import { useQuery } from '@tanstack/react-query';
import { NOW_AND_THEN_MS } from '../models/use-models.js';
import { useMay } from '../session/use-session.js';
import { type ChangePolicy, readPolicy } from './use-changes.js';

/** The change policy of one use case; disabled for those who may not read it, and without a use case. */
export function useChangePolicy(useCase: string | undefined) {
  const mayRead = useMay('read', 'operate', 'audit', 'approve');
  return useQuery({
    queryKey: ['change-policies', useCase],
    queryFn: () => readPolicy(useCase!),
    enabled: mayRead && useCase !== undefined,
    refetchInterval: NOW_AND_THEN_MS,
  });
}

export interface Review {
  /** False until the policy is read: nothing should be sent before. */
  isKnown: boolean;
  /** Undefined: the use case changes directly. */
  policy: ChangePolicy | undefined;
}

/** Returns whether changes of a use case have to be proposed. Undefined: what changes is no use case. */
export function useReview(useCase: string | undefined): Review {
  const { data, isError, fetchStatus, isPending } = useChangePolicy(useCase);
  const isIdle = isPending && fetchStatus === 'idle';
  // Where the policy cannot be read, the api still refuses what has to be proposed.
  return {
    isKnown: data !== undefined || isError || isIdle,
    policy: data?.control === 'reviewed' ? data : undefined,
  };
}
