import { dataOf } from '@orchestrator/client/client.js';
import { skipToken, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, queries } from '../api.js';
import { SLOW_POLLING } from '../components/polling.js';
import { type Checked, type Checkpoint, type Verdict, verify } from './verify.js';

/** The last verification of this session. */
export interface Verified {
  at: string;
  verdict: Verdict;
  /** The kept checkpoint that the chain was compared with. */
  checkpoint: Checkpoint | undefined;
}

const VERIFIED = ['audit-verified'];

/** Newest checkpoint of the hash chain; null: nothing is sealed yet. */
export const useSealed = () =>
  useQuery({
    ...SLOW_POLLING,
    queryKey: ['audit-sealed'],
    queryFn: async () =>
      (await dataOf(api.GET('/v1/audit/checkpoints', { params: { query: { limit: 1 } } }))).items[0] ?? null,
  });

/** Stays until the session ends, so the page can always show it. */
export const useVerified = () =>
  useQuery<Verified>({ queryKey: VERIFIED, queryFn: skipToken, staleTime: 'static', gcTime: Infinity });

export function useVerification() {
  const [progress, setProgress] = useState<Checked>();
  const verification = useMutation({
    mutationFn: async (checkpoint: Checkpoint | undefined): Promise<Verified> => {
      const verdict = await verify(checkpoint, setProgress);
      return { at: new Date().toISOString(), verdict, checkpoint };
    },
    onMutate: () => setProgress(undefined),
    onSuccess: (verified) => queries.setQueryData<Verified>(VERIFIED, verified),
  });
  return { ...verification, progress };
}
