/** What is in the menu, in the order of a day's work; `icon` is drawn on 24 by 24. */
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
] as const;
