import { Badge, type CSSVariablesResolver, createTheme, type MantineColorsTuple, Table } from '@mantine/core';

/** Calm enough for a night shift; the loud colours are kept for what needs somebody. */
const petrol: MantineColorsTuple = [
  '#e3f6fa',
  '#d0e9ef',
  '#a3d1dc',
  '#73b8c8',
  '#4ca3b7',
  '#3496ac',
  '#2390a7',
  '#0f7c92',
  '#006e83',
  '#005f73',
];

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 8, dark: 7 },
  colors: { petrol },
  autoContrast: true,
  respectReducedMotion: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.1rem' } } },
  components: {
    Badge: Badge.extend({ defaultProps: { variant: 'light', tt: 'none', fw: 600 } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 'sm', highlightOnHover: true } }),
  },
});

/** Mantine's own dimmed text has too little contrast to be read at night, and so have its light badges. */
export const variables: CSSVariablesResolver = ({ colors }) => {
  const names = ['green', 'red', 'yellow', 'orange', 'blue', 'gray', 'petrol', 'violet'] as const;
  const strong = (shade: number, text?: string) =>
    Object.fromEntries(
      names.map((name) => [`--mantine-color-${name}-light-color`, text ?? colors[name]![shade]!]),
    );
  return {
    variables: {},
    light: {
      ...strong(9),
      '--mantine-color-dimmed': colors.gray[7],
      '--mantine-color-yellow-light-color': '#7a4a00',
      '--mantine-color-orange-light-color': '#a33a00',
      '--mantine-color-green-light-color': '#1d6b2d',
      '--mantine-color-gray-light-color': colors.gray[8],
      '--mantine-color-error': colors.red[9],
      '--mantine-color-placeholder': colors.gray[7],
    },
    dark: {
      ...strong(2),
      '--mantine-color-error': colors.red[4],
      '--mantine-color-dimmed': colors.dark[1],
      '--mantine-color-anchor': colors.petrol![3],
      '--mantine-color-placeholder': colors.dark[1],
    },
  };
};
