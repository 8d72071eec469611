import { type Access, isAllowed, RIGHTS } from '../session/rights.js';
import type { Session } from '../session/use-session.js';

export interface MenuPage {
  to: string;
  label: string;
  /** Drawn on 24 by 24. */
  icon: string;
  access: Access;
}

/** Pages of the menu, in the order of a day's work. */
export const PAGES: readonly MenuPage[] = [
  {
    to: '/overview',
    label: 'Overview',
    icon: 'M4 5h7v6H4zM13 5h7v10h-7zM4 13h7v6H4zM13 17h7v2h-7z',
    access: RIGHTS.figures,
  },
  {
    to: '/use-cases',
    label: 'Use cases',
    icon: 'M7 4v12a3 3 0 0 0 3 3h7M17 4v5a3 3 0 0 1-3 3H7M4 7l3-3 3 3M14 16l3 3-3 3',
    access: RIGHTS.catalogue,
  },
  {
    to: '/models',
    label: 'Models',
    icon: 'M12 3l8 4.500v9L12 21l-8-4.500v-9zM12 12l8-4.500M12 12v9M12 12L4 7.500',
    access: RIGHTS.catalogue,
  },
  {
    to: '/lifecycle',
    label: 'Lifecycle',
    icon: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2',
    access: RIGHTS.lifecycle,
  },
  {
    to: '/changes',
    label: 'Change requests',
    icon: 'M5 4h9l5 5v11H5zM14 4v5h5M9 15l2 2 4-4',
    access: RIGHTS.changeRequests,
  },
  {
    to: '/conversations',
    label: 'Conversations',
    icon: 'M4 5h16v11H9l-5 4z',
    access: RIGHTS.conversations,
  },
  { to: '/activity', label: 'Activity', icon: 'M3 12h4l3-8 4 16 3-8h4', access: RIGHTS.activity },
  {
    to: '/cost',
    label: 'Cost',
    icon: 'M4 4v16h16M9 16v-5M13 16V7M17 16v-7',
    access: RIGHTS.figures,
  },
  {
    to: '/health',
    label: 'Health',
    icon: 'M12 3l7 3v6c0 4.500-3 7.500-7 9-4-1.500-7-4.500-7-9V6zM9 12l2 2 4-4',
    access: RIGHTS.catalogue,
  },
  { to: '/audit', label: 'Audit', icon: 'M6 3h9l4 4v14H6zM9 12h7M9 16h7', access: RIGHTS.switches },
  {
    to: '/settings',
    label: 'Settings',
    icon: 'M4 7h10M18 7h2M16 5v4M4 17h2M10 17h10M8 15v4M4 12h6M14 12h6M12 10v4',
    access: RIGHTS.settings,
  },
];

/** Pages that had another address. */
export const MOVED = { '/live': '/activity', '/analytics': '/cost', '/validation': '/health' } as const;

/** The page of the menu that an address belongs to. */
export const pageAt = (pathname: string): MenuPage | undefined =>
  PAGES.find(({ to }) => pathname === to || pathname.startsWith(`${to}/`));

/** Where a session starts: at the first page that it may use. */
const HOME = ['/overview', '/activity', '/use-cases', '/conversations', '/audit', '/changes'];

export function homeOf(session: Session): string {
  const allowed = PAGES.filter(({ access }) => isAllowed(session, access)).map(({ to }) => to);
  return HOME.find((to) => allowed.includes(to)) ?? allowed[0] ?? '/use-cases';
}
