import type { SpotlightActionData } from '@mantine/spotlight';
import type { FoundIds } from './use-found-ids.js';

export interface PaletteGroup {
  group: string;
  actions: SpotlightActionData[];
}

/** Returns an action that opens a page. */
export type ToAction = (
  to: string,
  label: string,
  rest?: Partial<SpotlightActionData>,
) => SpotlightActionData;

/** Actions for ids that were found, with the pages that the session may open. */
export function foundGroups(
  { conversations, userIds, requests }: FoundIds,
  canOpen: (page: string) => boolean,
  action: ToAction,
): PaletteGroup[] {
  const openable = (page: string, actions: () => SpotlightActionData[]) => (canOpen(page) ? actions() : []);
  const of = encodeURIComponent;
  return [
    {
      group: 'Conversations',
      actions: openable('/conversations', () =>
        conversations.map(({ id, userId, useCase }) =>
          action(`/conversations/${of(id)}`, id, { description: `Conversation of ${userId} in ${useCase}` }),
        ),
      ),
    },
    {
      group: 'Users',
      actions: openable('/conversations', () =>
        userIds.map((id) =>
          action(`/conversations?userId=${of(id)}`, id, { description: 'Conversations of the user' }),
        ),
      ),
    },
    {
      group: 'Requests',
      actions: requests.flatMap(({ requestId, hasSwitches, hasCalls }) => [
        ...(hasSwitches
          ? openable('/audit', () => [
              action(`/audit?requestId=${of(requestId)}`, requestId, {
                description: 'Switches of the request',
              }),
            ])
          : []),
        ...(hasCalls
          ? [action(`/calls?requestId=${of(requestId)}`, requestId, { description: 'Calls of the request' })]
          : []),
      ]),
    },
  ];
}

/** Actions for a session that may not search: it enters a whole id. */
export function exactGroup(
  query: string,
  canOpen: (page: string) => boolean,
  action: ToAction,
): PaletteGroup {
  const id = encodeURIComponent(query);
  const conversations = [
    action(`/conversations/${id}`, `Conversation ${query}`),
    action(`/conversations?userId=${id}`, `Conversations of user ${query}`),
  ];
  const switches = [
    action(`/audit?userId=${id}`, `Switches of user ${query}`),
    action(`/audit?requestId=${id}`, `Switches of request ${query}`),
  ];
  return {
    group: 'Search by id',
    actions: [...(canOpen('/conversations') ? conversations : []), ...(canOpen('/audit') ? switches : [])],
  };
}
