import { Select } from '@mantine/core';

interface Props {
  label: string;
  choices: { value: string; label: string }[];
  /** '': all of them. */
  value: string;
  onChange: (value: string) => void;
}

/** One of many choices, or all of them: found by typing, and in the document only while it is open. */
export function SearchSelect({ label, choices, value, onChange }: Props) {
  const isKnown = value === '' || choices.some((choice) => choice.value === value);
  return (
    <Select
      label={label}
      placeholder="All"
      data={isKnown ? choices : [{ value, label: value }, ...choices]}
      value={value === '' ? null : value}
      onChange={(chosen) => onChange(chosen ?? '')}
      searchable
      clearable
      limit={50}
      comboboxProps={{ keepMounted: false }}
      nothingFoundMessage="Nothing found"
      clearButtonProps={{ 'aria-label': `Clear ${label}` }}
    />
  );
}
