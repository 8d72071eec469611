import fc from 'fast-check';

/** As much of JSON Schema as our OpenAPI document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
  format?: string;
  default?: unknown;
}

export type Components = Record<string, Schema>;

/** Words that have a meaning here, so that some requests get further than the first check. */
const WORDS = [
  'clinical',
  'platform',
  'conv-123',
  'user-456',
  'eu.amazon.nova-lite-v1:0',
  'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
];
/** Text that has broken somebody's service before. */
const NASTY = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e',
  "'; DROP TABLE bedrock_models; --",
  '../../etc/passwd',
  '$' + '{jndi:ldap://127.0.0.1/a}',
  '<script>',
  '%00',
  '__proto__',
  'constructor',
  '😀'.repeat(200),
  'x'.repeat(5_000),
  '9'.repeat(400),
  '1e999',
  '2026-02-30T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
];

const garbage: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...NASTY, null, true, -1, 0, 1e308, -0.1, Number.MAX_SAFE_INTEGER, [], {}, [[[]]]),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Values that a schema describes; each part is now and then something else altogether. */
export function valuesOf(schema: Schema, components: Components, depth = 0): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: depth === 0 ? 30 : 12, arbitrary: fitting(schema, components, depth) },
    { weight: 1, arbitrary: garbage },
  );
}

function fitting(schema: Schema, components: Components, depth: number): fc.Arbitrary<unknown> {
  const { $ref, enum: values, anyOf, oneOf, allOf } = schema;
  if ($ref) return valuesOf(components[$ref.split('/').at(-1)!]!, components, depth);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (values) return fc.constantFrom(...values);
  const choices = anyOf ?? oneOf ?? allOf;
  if (choices) return fc.oneof(...choices.map((choice) => valuesOf(choice, components, depth)));
  const types = [schema.type ?? 'object'].flat();
  return fc.oneof(...types.map((type) => ofType(type, schema, components, depth)));
}

function ofType(type: string, schema: Schema, components: Components, depth: number): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string':
      return fc.oneof(
        fc.constantFrom(...WORDS),
        fc.string({ maxLength: 40, unit: 'binary' }),
        fc.constantFrom(...NASTY),
      );
    case 'integer':
      return fc.oneof(
        fc.integer({ min: schema.minimum ?? -5, max: Math.min(schema.maximum ?? 500, 500) }),
        fc.integer(),
      );
    case 'number':
      return fc.oneof(
        fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1, noNaN: true }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
      );
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, components, depth + 1), { maxLength: 4 });
    default:
      return objects(schema, components, depth);
  }
}

function objects(
  { properties = {}, required = [] }: Schema,
  components: Components,
  depth: number,
): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, valuesOf(field, components, depth + 1)]),
  );
  const mostlyWhole = fc.record(fields, { requiredKeys: required });
  const lacking = fc.record(fields, { requiredKeys: [] });
  const more = fc
    .tuple(mostlyWhole, fc.dictionary(fc.string({ maxLength: 8 }), garbage, { maxKeys: 2 }))
    .map(([object, extra]) => ({ ...object, ...extra }));
  return fc.oneof(
    { weight: 6, arbitrary: mostlyWhole },
    { weight: 1, arbitrary: lacking },
    { weight: 1, arbitrary: more },
  );
}
