import '@mantine/spotlight/styles.css';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { Icon } from '../components/icon.js';
import { useModels } from '../models/use-models.js';
import { isAllowed } from '../session/rights.js';
import type { Session } from '../session/use-session.js';
import { useUseCases } from '../use-cases/use-use-cases.js';
import { PAGES } from './pages.js';
import { exactGroup, foundGroups, type PaletteGroup, type ToAction } from './palette-actions.js';
import { type IdSearch, useFoundIds } from './use-found-ids.js';

const GLASS = 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13M20 20l-4.800-4.800';
const MAX_SHOWN = 30;
/** Ids that are shorter match too much. */
const MIN_LENGTH = 3;

interface Props {
  session: Session;
  /** Each further opening opens it again. */
  openings: number;
}

/** Finds pages, use cases and models by name, and conversations, users and requests by the begin of their ids. */
export function Palette({ session, openings }: Props) {
  const [query, setQuery] = useState('');
  const { groups, none } = useGroups(session, query.trim());
  useEffect(() => {
    if (openings === 0) return;
    setQuery('');
    spotlight.open();
  }, [openings]);
  return (
    <Spotlight
      actions={groups}
      query={query}
      onQueryChange={setQuery}
      // It would be emptied when the palette has faded out, also if somebody types into it again by then.
      clearQueryOnClose={false}
      shortcut={null}
      limit={MAX_SHOWN}
      scrollable
      maxHeight={420}
      highlightQuery
      nothingFound={none}
      searchProps={{
        leftSection: <Icon path={GLASS} />,
        placeholder: 'Page, use case, model, or the begin of an id',
        'aria-label': 'Search the console',
      }}
    />
  );
}

interface Found {
  groups: PaletteGroup[];
  /** Shown where there is no action. */
  none: string;
}

function useGroups(session: Session, query: string): Found {
  const navigate = useNavigate();
  const { data: models = [] } = useModels();
  const { data: useCases = [] } = useUseCases();
  const search = useFoundIds(session, query);
  const action: ToAction = (to, label, rest = {}) => ({
    id: `${to} ${label}`,
    label,
    onClick: () => void navigate(to),
    ...rest,
  });
  const pages = PAGES.filter(({ access }) => isAllowed(session, access));
  const canOpen = (page: string) => pages.some(({ to }) => to === page);
  const isExact = search.state === 'off' && query.length >= MIN_LENGTH && !query.includes(' ');
  return {
    groups: [
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
      ...(search.state === 'found' ? foundGroups(search.ids, canOpen, action) : []),
      ...(isExact ? [exactGroup(query, canOpen, action)] : []),
    ],
    none: noneOf(search, query),
  };
}

function noneOf(search: IdSearch, query: string): string {
  const isWaiting = search.state === 'searching' || (search.state === 'found' && !search.isCurrent);
  if (isWaiting) return 'Searching…';
  if (search.state === 'failed')
    return 'The search for ids failed. Names of pages, use cases and models are searched.';
  return query === '' ? 'There is nothing to search.' : 'No name contains this, and no id begins with it.';
}
