import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../components/icon.js';
import classes from './switching.module.css';

/** One model, and the one after it. */
export function FromTo({ from, to }: { from: ReactNode; to: ReactNode }) {
  return (
    <span className={classes.fromTo}>
      {from}
      <Icon path="M5 12h14M13 6l6 6-6 6" size={14} />
      <VisuallyHidden>to</VisuallyHidden>
      {to}
    </span>
  );
}
