import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import document from '../../apps/api/openapi.json' with { type: 'json' };
import { ChatSystem } from '../support/chat-system.js';
import { type Components, type Schema, valuesOf } from '../support/schema-arbitrary.js';
import { SERVICE_KEY } from '../support/test-env.js';

/** Of each operation. `GENERATED_CASES=250` makes the long run of more than five thousand. */
const CASES = Number(process.env.GENERATED_CASES ?? 15);
/** The short run tries the same each time; the long one looks for more. */
const SEED = process.env.GENERATED_CASES ? {} : { seed: 4711 };
const HANGS_AFTER_MS = 15_000;

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}
interface Operation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}
interface Sent {
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  header: Record<string, unknown>;
  body?: unknown;
}

const components = document.components.schemas as unknown as Components;
const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      method: method.toUpperCase(),
      ...operation,
    })),
);

const ajv = new Ajv2020({ strict: false, validateFormats: true });
addFormats.default(ajv);
ajv.addSchema({ $id: 'api', components: { schemas: components } });
const validators = new Map<string, ValidateFunction>();
function conforms(schema: Schema, value: unknown): true | string {
  const text = JSON.stringify(schema).replaceAll('"#/components', '"api#/components');
  if (!validators.has(text)) validators.set(text, ajv.compile(JSON.parse(text)));
  const validate = validators.get(text)!;
  return validate(value) || ajv.errorsText(validate.errors);
}

let chats: ChatSystem;
beforeAll(async () => {
  chats = await ChatSystem.start();
});
afterAll(() => chats.close());

function requests({ parameters = [], requestBody }: Operation): fc.Arbitrary<Sent> {
  const place = (where: string) => {
    const here = parameters.filter((parameter) => parameter.in === where);
    const fields = here.map(({ name, schema }) => [name, valuesOf(schema, components)]);
    return fc.record(Object.fromEntries(fields), { requiredKeys: where === 'path' ? undefined : [] });
  };
  const json = requestBody?.content['application/json']?.schema;
  return fc.record({
    path: place('path'),
    query: place('query'),
    header: place('header'),
    ...(json && { body: valuesOf(json, components) }),
  }) as fc.Arbitrary<Sent>;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)) ?? '';
/** Encodes a value as clients do: characters that a URL or a header cannot carry are not sent. */
const encoded = (value: unknown): string =>
  encodeURIComponent(asText(value).replace(/\p{Surrogate}/gu, '\ufffd'));
const asHeader = (value: unknown): string =>
  asText(value)
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 2_000);

/** Endless streams have their own tests. */
const ENDLESS = ['streamNotifications'];

async function send(operation: (typeof operations)[number], { path, query, header, body }: Sent) {
  const url = operation.path.replace(/\{(\w+)\}/g, (_, name) => encoded(path[name]) || '%20');
  const search = Object.entries(query).map(([name, value]) => `${name}=${encoded(value)}`);
  return chats.system.api.inject({
    method: operation.method as 'GET',
    url: search.length > 0 ? `${url}?${search.join('&')}` : url,
    headers: {
      authorization: `Bearer ${SERVICE_KEY}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...Object.fromEntries(Object.entries(header).map(([name, value]) => [name, asHeader(value)])),
    },
    ...(body !== undefined && { payload: JSON.stringify(body) }),
    signal: AbortSignal.timeout(HANGS_AFTER_MS),
  });
}

describe('whatever is sent, the answer is one that the description knows', () => {
  it.each(operations.filter(({ operationId }) => !ENDLESS.includes(operationId)))(
    '$method $path',
    async (operation) => {
      const judge = async (sent: Sent) => {
        const response = await send(operation, sent);
        const { statusCode } = response;
        expect(statusCode, response.body).not.toBe(500);
        const type = String(response.headers['content-type']).split(';')[0]!;
        // A path of another shape, or one that is too long, is no path of this operation.
        if (statusCode === 414 || response.body.includes('"route_not_found"')) return;
        const described = operation.responses[statusCode];
        expect(described, `${statusCode} is described`).toBeDefined();
        const schema = described!.content?.[type]?.schema;
        if (schema && /[/+]json$/.test(type)) expect(conforms(schema, response.json())).toBe(true);
      };
      await fc.assert(fc.asyncProperty(requests(operation), judge), {
        numRuns: CASES,
        ...SEED,
        endOnFailure: true,
      });
    },
    600_000,
  );
});
