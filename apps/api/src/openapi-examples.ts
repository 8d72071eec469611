import { STATUS_CODES } from 'node:http';
import type { OpenAPIObject } from '@nestjs/swagger';
import { EXAMPLE_VALUES, PROBLEMS, WIRE_ANSWERS } from './openapi-values.js';

type Components = NonNullable<OpenAPIObject['components']>;
type Response = { content?: Record<string, Content> };
type Content = { schema?: unknown; example?: unknown; examples?: Record<string, unknown> };

/** The parts of a JSON schema that an example needs. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  default?: unknown;
  enum?: unknown[];
  examples?: unknown[];
  format?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minimum?: number;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const JSON_TYPES = ['application/json', 'application/problem+json'];

/**
 * Gives every JSON answer an example: that of its schema, else one that is made of it, field by field. A problem has
 * one for each status.
 */
export function addExamples(document: OpenAPIObject): void {
  document.components ??= {};
  const shared: Examples = {};
  const maker = new ExampleMaker(document.components.schemas ?? {});
  for (const answer of answersOf(document)) addExample(answer, { maker, shared });
  document.components.examples = shared;
}

type Examples = NonNullable<Components['examples']>;

interface Answer {
  operationId: string;
  status: string;
  content: Content;
}

function addExample(
  { operationId, status, content }: Answer,
  { maker, shared }: { maker: ExampleMaker; shared: Examples },
): void {
  if (content.example !== undefined || content.examples !== undefined) return;
  const name = nameOf(content.schema, status);
  if (name === undefined) {
    content.example = WIRE_ANSWERS[operationId] ?? maker.exampleOf(content.schema as Schema, '');
    return;
  }
  shared[name] ??= { value: name.startsWith('Problem') ? problemOf(status) : maker.named(name) };
  content.examples = { answer: { $ref: `#/components/examples/${name}` } };
}

function answersOf({ paths }: OpenAPIObject): Answer[] {
  const operations = Object.values(paths).flatMap((path) => METHODS.flatMap((method) => path[method] ?? []));
  return operations.flatMap(({ operationId = '', responses }) =>
    Object.entries(responses).flatMap(([status, response]) =>
      jsonOf(response as Response).map((content) => ({ operationId, status, content })),
    ),
  );
}

const jsonOf = ({ content = {} }: Response): Content[] =>
  JSON_TYPES.flatMap((type) => content[type] ?? []).filter(({ schema }) => schema !== undefined);

const SCHEMAS = '#/components/schemas/';

/** Name of the example of a schema with a name; problems have one for each status. */
function nameOf(schema: unknown, status: string): string | undefined {
  const name = (schema as Schema).$ref?.replace(SCHEMAS, '');
  return name === 'Problem' ? `Problem${status}` : name;
}

function problemOf(status: string) {
  const { title = STATUS_CODES[status] ?? 'Error', ...fields } = PROBLEMS[status] ?? {};
  const requestId = '01890a5d-ac96-774b-bcce-b302099a8057';
  return { type: 'about:blank', title, status: Number(status), ...fields, requestId };
}

class ExampleMaker {
  constructor(private readonly schemas: object) {}

  named(name: string): unknown {
    return this.exampleOf({ $ref: `${SCHEMAS}${name}` }, '');
  }

  /** @param field name of the property, which says what its text is like */
  exampleOf(given: Schema, field: string): unknown {
    const schema = this.resolved(given);
    const { oneOf, anyOf, allOf, properties } = schema;
    const fixed = fixedOf(schema);
    if (fixed !== undefined) return fixed;
    const options = oneOf ?? anyOf;
    if (options) return this.exampleOf(preferred(options), field);
    const parts = allOf ?? (properties && [schema]);
    if (parts) return this.objectOf(parts.map((part) => this.resolved(part)));
    return this.valueOf(schema, field);
  }

  private valueOf(schema: Schema, field: string): unknown {
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    if (type === 'object') return {};
    if (type !== 'array') return scalarOf(type, schema, field);
    return schema.items ? [this.exampleOf(schema.items, field)] : [];
  }

  private objectOf(parts: Schema[]): Record<string, unknown> {
    const properties = Object.assign({}, ...parts.map((part) => part.properties ?? {})) as Record<
      string,
      Schema
    >;
    const required = new Set(parts.flatMap((part) => part.required ?? []));
    const shown = Object.entries(properties).filter(([name]) => required.has(name));
    return Object.fromEntries(shown.map(([name, property]) => [name, this.exampleOf(property, name)]));
  }

  private resolved(schema: Schema): Schema {
    return schema.$ref === undefined ? schema : this.schemaOf(schema.$ref);
  }

  private schemaOf(ref: string): Schema {
    const name = ref.replace(SCHEMAS, '');
    const found = Object.entries(this.schemas).find(([each]) => each === name);
    if (!found) throw new Error(`no schema has the name ${name}`);
    return found[1];
  }
}

const fixedOf = ({ examples, const: constant, enum: values }: Schema): unknown =>
  examples?.[0] ?? constant ?? values?.[0];

/** Something says more than null. */
const preferred = (options: Schema[]): Schema =>
  options.find(({ type }) => type !== 'null') ?? options[0] ?? {};

function scalarOf(type: string | undefined, schema: Schema, field: string): unknown {
  const known = EXAMPLE_VALUES[field];
  if (type === 'string') return textOf(schema, known);
  if (type === 'boolean') return typeof known === 'boolean' ? known : true;
  if (type === 'number' || type === 'integer')
    return typeof known === 'number' ? known : Math.max(1, schema.minimum ?? 1);
  return null;
}

const FORMATS: Record<string, string> = {
  'date-time': '2026-11-30T21:14:31.000Z',
  date: '2026-11-30',
  uuid: '6f1c0a52-7d0e-4c39-9a68-0c1f3f7c2b11',
  uri: 'https://push.example.com/model-switches',
};

const textOf = ({ format }: Schema, known: unknown): string =>
  (format === undefined ? undefined : FORMATS[format]) ?? (typeof known === 'string' ? known : 'text');
