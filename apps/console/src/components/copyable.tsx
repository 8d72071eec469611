import { ActionIcon } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './copyable.module.css';
import { Icon } from './icon.js';

const COPY = 'M9 9h11v11H9zM5 15H4V4h11v1';
const DONE = 'M5 12l5 5L20 7';
const FAILED = 'M6 6l12 12M18 6L6 18';

interface Props {
  value: string;
  /** Names the value for screen readers where it does not name itself, such as `request id`. */
  label?: string;
  /** Shown in place of the value, such as a link to what it identifies. */
  children?: ReactNode;
}

/** An identifier with a button that copies all of it, also where the page shows less. */
export function Copyable({ value, label, children }: Props) {
  const { copied, error, copy } = useClipboard({ timeout: 2_000 });
  const outcome = error ? 'Not copied: the browser refused' : copied ? 'Copied' : '';
  return (
    <span className={classes.copyable}>
      <span className={classes.value}>{children ?? value}</span>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Copy ${label ?? value}`}
        title={outcome || 'Copy'}
        onClick={() => copy(value)}
      >
        <Icon path={error ? FAILED : copied ? DONE : COPY} size={14} />
      </ActionIcon>
      <span aria-live="polite" className={classes.outcome}>
        {outcome}
      </span>
    </span>
  );
}
