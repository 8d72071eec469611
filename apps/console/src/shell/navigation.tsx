import { NavLink } from '@mantine/core';
import { Link, useLocation } from 'react-router';
import { Icon } from '../components/icon.js';
import { PAGES } from './pages.js';

export function Navigation() {
  const { pathname } = useLocation();
  return PAGES.map(({ to, label, icon }) => {
    const isHere = pathname === to || pathname.startsWith(`${to}/`);
    return (
      <NavLink
        key={to}
        component={Link}
        to={to}
        label={label}
        leftSection={<Icon path={icon} />}
        active={isHere}
        aria-current={isHere ? 'page' : undefined}
      />
    );
  });
}
