/** Pages of the menu, in the order of a day's work; `icon` is drawn on 24 by 24. */
export const PAGES = [
  { to: '/live', label: 'Live', icon: 'M3 12h4l3-8 4 16 3-8h4' },
  {
    to: '/use-cases',
    label: 'Use cases',
    icon: 'M7 4v12a3 3 0 0 0 3 3h7M17 4v5a3 3 0 0 1-3 3H7M4 7l3-3 3 3M14 16l3 3-3 3',
  },
  {
    to: '/models',
    label: 'Models',
    icon: 'M12 3l8 4.500v9L12 21l-8-4.500v-9zM12 12l8-4.500M12 12v9M12 12L4 7.500',
  },
  {
    to: '/conversations',
    label: 'Conversations',
    icon: 'M4 5h16v11H9l-5 4z',
  },
  { to: '/analytics', label: 'Analytics', icon: 'M4 4v16h16M9 16v-5M13 16V7M17 16v-7' },
  {
    to: '/validation',
    label: 'Validation',
    icon: 'M12 3l7 3v6c0 4.500-3 7.500-7 9-4-1.500-7-4.500-7-9V6zM9 12l2 2 4-4',
  },
  { to: '/lifecycle', label: 'Lifecycle', icon: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2' },
  { to: '/audit', label: 'Audit', icon: 'M6 3h9l4 4v14H6zM9 12h7M9 16h7' },
] as const;
