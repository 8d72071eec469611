import { z } from 'zod';
import { SEED_MODELS } from '#migrations/seed/catalogue.js';

const CataloguedModelSchema = z.object({
  model_id: z.string(),
  foundation_model_id: z.string(),
  invoke_with: z.enum(['inference_profile', 'foundation_model']).nullable(),
  destination_regions: z.array(z.string()).nullable(),
  is_available: z.boolean(),
});

export const CataloguedModelsSchema = z.array(CataloguedModelSchema);

/** What a policy depends on, as the row of bedrock_models has it. */
export type CataloguedModel = z.infer<typeof CataloguedModelSchema>;

const INSERT = /^\s*INSERT INTO bedrock_models \(([^)]+)\)\s*VALUES\s([\s\S]*)\sON CONFLICT/;
const ROW = /\(((?:'(?:[^']|'')*'|[^')])*)\)/g;
const VALUE = /'((?:[^']|'')*)'|([^\s,]+)/g;

/**
 * The rows of the seed, read from its text: making policies needs no database. Understands what the seed uses, namely
 * text, text arrays, numbers, booleans and NULL; an integration test compares with what PostgreSQL makes of it.
 */
export function seededModels(statement: string = SEED_MODELS): CataloguedModel[] {
  const [, header, rows] = INSERT.exec(statement) ?? [];
  if (!header || !rows) throw new Error('The seed of bedrock_models is not the single INSERT that it was.');
  const columns = header.split(',').map((column) => column.trim());
  return CataloguedModelsSchema.parse([...rows.matchAll(ROW)].map(([, row]) => rowOf(columns, row!)));
}

function rowOf(columns: string[], row: string): Record<string, unknown> {
  const values = [...row.matchAll(VALUE)].map(([, text, word]) =>
    text === undefined ? bareValue(word!) : quotedValue(text),
  );
  if (values.length !== columns.length)
    throw new Error(`A row of the seed has ${values.length} values for ${columns.length} columns: ${row}`);
  return Object.fromEntries(columns.map((column, index) => [column, values[index]]));
}

function bareValue(word: string): boolean | null | number {
  if (word === 'true' || word === 'false') return word === 'true';
  return word === 'NULL' ? null : Number(word);
}

function quotedValue(text: string): string | string[] {
  const elements = /^\{(.*)\}$/.exec(text)?.[1];
  return elements === undefined ? text.replaceAll("''", "'") : elements.split(',');
}
