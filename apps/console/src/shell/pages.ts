/** What is in the menu, in the order of a day's work. */
export const PAGES = [
  {
    to: '/models',
    label: 'Models',
    icon: 'M12 3l8 4.500v9L12 21l-8-4.500v-9zM12 12l8-4.500M12 12v9M12 12L4 7.500',
  },
] as const;
