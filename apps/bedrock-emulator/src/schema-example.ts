/** Parts of a JSON schema that are followed. */
export interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  minimum?: number;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

const EXAMPLES: Record<string, (schema: Schema, name: string) => unknown> = {
  string: (_, name) => name,
  number: ({ minimum }) => minimum ?? 1,
  integer: ({ minimum }) => minimum ?? 1,
  boolean: () => true,
  null: () => null,
  array: ({ items, minItems = 1 }, name) =>
    Array.from({ length: minItems }, () => exampleOf(items ?? {}, name)),
  object: ({ properties = {}, required = [] }) =>
    Object.fromEntries(required.map((name) => [name, exampleOf(properties[name] ?? {}, name)])),
};

/** Returns a value of a JSON schema that has the required properties only; a string is the name of its property. */
export function exampleOf(schema: Schema, name: string): unknown {
  const [given] = [schema.const, schema.default, schema.enum?.[0]].filter((value) => value !== undefined);
  if (given !== undefined) return given;
  const [branch] = schema.anyOf ?? schema.oneOf ?? [];
  if (branch) return exampleOf(branch, name);
  const type = [schema.type].flat()[0] ?? (schema.properties ? 'object' : 'string');
  const example = EXAMPLES[type];
  return example ? example(schema, name) : name;
}
