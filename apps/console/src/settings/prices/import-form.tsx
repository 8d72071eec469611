import {
  Alert,
  Badge,
  Button,
  Checkbox,
  FileInput,
  Group,
  Stack,
  Table,
  Text,
  Textarea,
} from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { perMillion } from '../../components/format.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { Time } from '../../components/time.js';
import { ModelLink } from '../../models/model-link.js';
import { type ImportPrices, type PriceImport, parseImport, useImportPrices } from './use-prices.js';

const EXAMPLE = `{"source": "price list of March", "prices": [
  {"modelId": "eu.amazon.nova-pro-v1:0", "inputPricePer1k": "0.00096", "outputPricePer1k": "0.00384"}]}`;

/** Text or file, preview, import. */
export function ImportForm({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const [apply, setApply] = useState(false);
  const [body, setBody] = useState<ImportPrices>();
  const [unreadable, setUnreadable] = useState('');
  const preview = useImportPrices();
  const store = useImportPrices();
  /** A change makes the preview old. */
  const change = (set: () => void) => {
    set();
    setBody(undefined);
    setUnreadable('');
    preview.reset();
  };
  const look = (event: FormEvent) => {
    event.preventDefault();
    try {
      const wanted = { ...parseImport(text), apply };
      setUnreadable('');
      preview.mutate({ ...wanted, dryRun: true }, { onSuccess: () => setBody({ ...wanted, dryRun: false }) });
    } catch (error) {
      setUnreadable(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <form onSubmit={look}>
      <Stack>
        <PriceFile onText={(read) => change(() => setText(read))} />
        <Textarea
          label="Prices as JSON"
          description="USD per 1,000 tokens"
          placeholder={EXAMPLE}
          autosize
          minRows={4}
          maxRows={12}
          value={text}
          error={unreadable}
          onChange={({ currentTarget: { value } }) => change(() => setText(value))}
        />
        <Checkbox
          label="Replace also prices of other sources and of operators"
          checked={apply}
          onChange={({ currentTarget: { checked } }) => change(() => setApply(checked))}
        />
        {preview.data && body && <Effects result={preview.data} />}
        {preview.error && <ProblemAlert error={preview.error} />}
        {store.error && <ProblemAlert error={store.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant={body ? 'default' : 'filled'} loading={preview.isPending}>
            Preview
          </Button>
          {body && (
            <Button loading={store.isPending} onClick={() => store.mutate(body, { onSuccess: onClose })}>
              Import
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

function PriceFile({ onText }: { onText: (text: string) => void }) {
  const read = useMutation({ mutationFn: (file: File) => file.text(), onSuccess: onText });
  return (
    <FileInput
      label="File"
      placeholder="Choose a JSON file"
      accept=".json,application/json"
      error={read.error?.message}
      onChange={(file) => file && read.mutate(file)}
    />
  );
}

const EFFECTS = {
  now: { color: 'green', label: 'From now on' },
  later: { color: 'blue', label: 'Later' },
  kept: { color: 'orange', label: 'Not set: another source has set the price' },
} as const;

function Effects({ result: { effects, unchanged, unknownModels } }: { result: PriceImport }) {
  return (
    <Stack gap="xs" role="status" aria-label="Preview">
      {effects.length === 0 ? (
        <Text size="sm">Nothing changes.</Text>
      ) : (
        <Table.ScrollContainer minWidth={480}>
          <Table aria-label="Effects of the import">
            <Table.Thead>
              <Table.Tr>
                {['Model', 'Input', 'Output', 'Effect'].map((name) => (
                  <Table.Th key={name}>{name}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {effects.map(({ modelId, effect, validFrom, before, after }) => (
                <Table.Tr key={modelId}>
                  <Table.Td>
                    <ModelLink id={modelId} />
                  </Table.Td>
                  <Table.Td>{change(before.inputPricePer1k, after.inputPricePer1k)}</Table.Td>
                  <Table.Td>{change(before.outputPricePer1k, after.outputPricePer1k)}</Table.Td>
                  <Table.Td>
                    <Badge
                      color={EFFECTS[effect].color}
                      h="auto"
                      styles={{ label: { whiteSpace: 'normal' } }}
                    >
                      {EFFECTS[effect].label}
                    </Badge>
                    {effect === 'later' && (
                      <Text size="xs">
                        <Time at={validFrom} isExact />
                      </Text>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {unchanged > 0 && <Text size="sm">{unchanged} unchanged.</Text>}
      {unknownModels.length > 0 && (
        <Alert color="yellow" title="Models that are not in the catalogue">
          {unknownModels.join(', ')}
        </Alert>
      )}
    </Stack>
  );
}

/** Per million tokens, as the page shows prices. */
const change = (before: string | null, after: string | null): string =>
  before === after ? perMillion(after) : `${perMillion(before)} → ${perMillion(after)}`;
