import { z } from 'zod';
import { Id } from '../http/string.schemas.js';

const MAX_OF_EACH = 20;

export const SearchQuery = z.strictObject({
  prefix: Id.min(2).meta({ description: 'Begin of the id; upper and lower case differ' }),
  limit: z.coerce.number().int().min(1).max(MAX_OF_EACH).default(8).meta({ description: 'Of each kind' }),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

export const FoundIdsView = z
  .object({
    conversations: z.array(z.object({ id: z.string(), userId: z.string(), useCase: z.string() })),
    userIds: z.array(z.string()).meta({ description: 'Users who have called or switched' }),
    requests: z
      .array(z.object({ requestId: z.string(), hasSwitches: z.boolean(), hasCalls: z.boolean() }))
      .meta({ description: 'Values of x-request-id; their switches need the scope audit' }),
  })
  .meta({ id: 'FoundIds' });
