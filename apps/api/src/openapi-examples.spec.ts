import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import document from '../openapi.json' with { type: 'json' };

interface Answer {
  schema?: { $ref?: string };
  example?: unknown;
  examples?: { answer: { $ref: string } };
}
type Operations = Record<
  string,
  { operationId: string; responses: Record<string, { content?: Record<string, Answer> }> }
>;

const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema(document, 'api');
const examples: Record<string, { value: unknown }> = document.components.examples;

/** Bodies of answers that are JSON, and of all problems. */
const answers = Object.values(document.paths as unknown as Record<string, Operations>).flatMap((methods) =>
  Object.values(methods).flatMap(({ operationId, responses }) =>
    Object.entries(responses).flatMap(([status, { content = {} }]) =>
      Object.entries(content)
        .filter(([type]) => /^application\/(problem\+)?json$/.test(type))
        .map(([, answer]) => ({ name: `${operationId} ${status}`, answer })),
    ),
  ),
);
const exampleOf = ({ example, examples: named }: Answer): unknown =>
  example ?? examples[named?.answer.$ref.split('/').at(-1) ?? '']?.value;

/** Hundreds of operations share a problem. */
const distinct = [...new Map(answers.map((each) => [JSON.stringify(each.answer), each] as const)).values()];

describe('the description of the api', () => {
  it('has an example of every answer', () => {
    expect(answers.length).toBeGreaterThan(500);
    const without = answers.filter(({ answer }) => exampleOf(answer) === undefined);
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  it('has no example that its schema refuses', () => {
    const refused = distinct.flatMap(({ name, answer: { schema, ...answer } }) => {
      const validate = schema?.$ref ? ajv.getSchema(`api${schema.$ref}`)! : ajv.compile(schema ?? {});
      return validate(exampleOf(answer)) ? [] : [`${name}: ${ajv.errorsText(validate.errors)}`];
    });
    expect(refused).toEqual([]);
  });

  it('says how to sign in, to page, to retry and to read errors', () => {
    for (const topic of ['Sign in', 'Pages', 'Errors', 'Retries'])
      expect(document.info.description).toContain(`## ${topic}`);
  });
});
