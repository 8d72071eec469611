import { z } from 'zod';
import { INSTANCE_KINDS, type Instance } from '#libs/operations/instance.js';

const InstanceView = z
  .object({
    id: z.uuid(),
    kind: z.enum(INSTANCE_KINDS),
    name: z.string().meta({
      description: 'Host name: of the pod or of the container',
      examples: ['orchestrator-worker-7d9c8b6f5-x2x8v'],
    }),
    version: z.string().meta({ examples: ['0.1.0'] }),
    startedAt: z.iso.datetime(),
    seenAt: z.iso
      .datetime()
      .meta({ description: 'Time of the last heartbeat; there is one every 10 seconds' }),
    state: z
      .enum(['alive', 'stale'])
      .meta({ description: 'stale: no heartbeat for 30 seconds, without an orderly stop' }),
  })
  .meta({ id: 'Instance' });
export const InstancePage = z
  .object({ items: z.array(InstanceView), nextCursor: z.null() })
  .meta({ id: 'InstancePage' });

export const toInstanceView = (instance: Instance) => ({
  ...instance,
  startedAt: instance.startedAt.toISOString(),
  seenAt: instance.seenAt.toISOString(),
});
