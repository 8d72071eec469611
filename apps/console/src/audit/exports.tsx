import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { formatCount } from '../components/format.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { download } from './download.js';
import { type AuditFilter, exportAddress } from './use-audit.js';

const FORMATS = ['csv', 'ndjson'] as const;
type Format = (typeof FORMATS)[number];

/** Saves all switches that match the filter, not only those on the page. */
export function Exports({ filter }: { filter: AuditFilter }) {
  const [lines, setLines] = useState(0);
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  const save = useMutation({
    mutationFn: async (format: Format) => {
      stop.current = new AbortController();
      setLines(0);
      await download(exportAddress(filter, format), `switches.${format}`, {
        signal: stop.current.signal,
        onProgress: setLines,
      });
    },
  });
  return (
    <Group gap="xs">
      {save.isPending && (
        <>
          <Text size="sm" role="status">
            {formatCount(lines)} lines
          </Text>
          <Button size="xs" variant="default" onClick={() => stop.current.abort()}>
            Stop the export
          </Button>
        </>
      )}
      {!save.isPending &&
        FORMATS.map((format) => (
          <Button
            key={format}
            size="xs"
            variant="default"
            onClick={() => save.mutate(format)}
            aria-label={`${format.toUpperCase()}: all of these switches`}
          >
            {format.toUpperCase()}
          </Button>
        ))}
      {save.error && save.error.name !== 'AbortError' && <ProblemAlert error={save.error} />}
    </Group>
  );
}
