import '@mantine/spotlight/styles.css';
import { Spotlight, type SpotlightActionData, spotlight } from '@mantine/spotlight';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { Icon } from '../components/icon.js';
import { useModels } from '../models/use-models.js';
import { isAllowed } from '../session/rights.js';
import type { Session } from '../session/use-session.js';
import { useUseCases } from '../use-cases/use-use-cases.js';
import { PAGES } from './pages.js';

const GLASS = 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13M20 20l-4.800-4.800';
const MAX_SHOWN = 30;
/** Ids that are shorter match too much. */
const MIN_LENGTH = 3;

interface Props {
  session: Session;
  /** Each further opening opens it again. */
  openings: number;
}

/** Finds pages, models, use cases, and what has an id. */
export function Palette({ session, openings }: Props) {
  const [query, setQuery] = useState('');
  const groups = useGroups(session, query.trim());
  useEffect(() => {
    if (openings > 0) spotlight.open();
  }, [openings]);
  return (
    <Spotlight
      actions={groups}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      limit={MAX_SHOWN}
      scrollable
      maxHeight={420}
      highlightQuery
      nothingFound="Nothing has this name. Enter an id to search for it."
      searchProps={{
        leftSection: <Icon path={GLASS} />,
        placeholder: 'Page, model, use case, or an id',
        'aria-label': 'Search the console',
      }}
    />
  );
}

function useGroups(session: Session, query: string) {
  const navigate = useNavigate();
  const { data: models = [] } = useModels();
  const { data: useCases = [] } = useUseCases();
  const action = (
    to: string,
    label: string,
    rest: Partial<SpotlightActionData> = {},
  ): SpotlightActionData => ({
    id: `${to} ${label}`,
    label,
    onClick: () => void navigate(to),
    ...rest,
  });
  const pages = PAGES.filter(({ access }) => isAllowed(session, access));
  const idOf = encodeURIComponent(query);
  const canOpen = (page: string) => pages.some(({ to }) => to === page);
  return [
    { group: 'Pages', actions: pages.map(({ to, label }) => action(to, label)) },
    {
      group: 'Use cases',
      actions: useCases.map(({ name }) => action(`/use-cases/${encodeURIComponent(name)}`, name)),
    },
    {
      group: 'Models',
      actions: models.map(({ id, name, provider }) =>
        action(`/models/${encodeURIComponent(id)}`, name, { description: id, keywords: [provider, id] }),
      ),
    },
    {
      group: 'Search by id',
      actions:
        query.length < MIN_LENGTH || query.includes(' ')
          ? []
          : [
              ...(canOpen('/conversations')
                ? [
                    action(`/conversations/${idOf}`, `Conversation ${query}`),
                    action(`/conversations?userId=${idOf}`, `Conversations of user ${query}`),
                  ]
                : []),
              ...(canOpen('/audit')
                ? [
                    action(`/audit?userId=${idOf}`, `Switches of user ${query}`),
                    action(`/audit?requestId=${idOf}`, `Switches of request ${query}`),
                  ]
                : []),
            ],
    },
  ];
}
