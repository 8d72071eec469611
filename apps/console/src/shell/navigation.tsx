import { NavLink } from '@mantine/core';
import { Link, useLocation } from 'react-router';
import { Icon } from '../components/icon.js';
import { LOCK } from '../session/locked.js';
import { isAllowed, neededFor } from '../session/rights.js';
import type { Session } from '../session/use-session.js';
import { PAGES, pageAt } from './pages.js';

/** Menu; a lock marks the pages that the session may not use. */
export function Navigation({ session }: { session: Session }) {
  const here = pageAt(useLocation().pathname);
  return PAGES.map(({ to, label, icon, access }) => {
    const isLocked = !isAllowed(session, access);
    return (
      <NavLink
        key={to}
        component={Link}
        to={to}
        label={label}
        leftSection={<Icon path={icon} />}
        rightSection={isLocked && <Icon path={LOCK} size={14} />}
        title={isLocked ? `Locked. ${neededFor(access)}` : undefined}
        active={here?.to === to}
        aria-current={here?.to === to ? 'page' : undefined}
      />
    );
  });
}
