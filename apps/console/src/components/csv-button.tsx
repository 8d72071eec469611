import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type Cell, csvOf, saveFile } from './csv.js';
import { ProblemAlert } from './problem-alert.js';

interface Props {
  /** Of the file, without its ending. */
  name: string;
  /** Content of the file, for those who do not see where the button is. */
  of: string;
  head: string[];
  rows: () => Cell[][] | Promise<Cell[][]>;
}

/** The figures of a section, as a file for a spreadsheet. */
export function CsvButton({ name, of, head, rows }: Props) {
  const save = useMutation({
    mutationFn: async () => saveFile(`${name}.csv`, csvOf(head, await rows())),
  });
  return (
    <>
      {save.error && <ProblemAlert error={save.error} />}
      <Button
        size="xs"
        variant="default"
        loading={save.isPending}
        onClick={() => save.mutate()}
        aria-label={`CSV: ${of}`}
      >
        CSV
      </Button>
    </>
  );
}
