import { Textarea } from '@mantine/core';

interface Props {
  value: string;
  onChange: (reason: string) => void;
  error?: string | undefined;
}

/** Why somebody proposes a change. */
export const ReasonField = ({ value, onChange, error }: Props) => (
  <Textarea
    label="Reason"
    description="Stored in the audit log, and shown to users and to those who approve"
    maxLength={2_000}
    autosize
    minRows={1}
    maxRows={6}
    required
    error={error}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
);
