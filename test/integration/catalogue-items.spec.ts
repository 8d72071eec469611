import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CatalogueEditing, HAIKU, NOVA_LITE } from '../support/catalogue-editing.js';

let catalogue: CatalogueEditing;
beforeAll(async () => {
  catalogue = await CatalogueEditing.start();
});
afterAll(() => catalogue.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  catalogue.system.get(`/v1/${path}`, { headers });

describe.each([
  ['models', HAIKU, 'id', 'model_not_found'],
  ['use-cases', 'clinical', 'name', 'use_case_not_found'],
  ['assistants', 'assistant-clinical', 'id', 'assistant_not_found'],
] as const)('one of the %s', (list, id, key, code) => {
  it('is the item of the list', async () => {
    const { body } = await get(list);
    const item = body.items.find((each: Record<string, unknown>) => each[key] === id);
    expect(await get(`${list}/${id}`)).toMatchObject({ status: 200, body: item });
  });

  it('is a 404 where there is none', async () => {
    expect(await get(`${list}/nope`)).toMatchObject({ status: 404, body: { code } });
  });

  it.each([
    ['list', list],
    ['item', `${list}/${id}`],
  ])('is not sent again to a client that has the %s', async (_, path) => {
    const first = await get(path);
    const etag = String(first.headers.etag);
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const again = await get(path, { 'if-none-match': etag });
    expect(again).toMatchObject({ status: 304, text: '', headers: { etag } });
    const strong = await get(path, { 'if-none-match': `"other", ${etag.replace('W/', '')}` });
    expect(strong.status).toBe(304);
    expect((await get(path, { 'if-none-match': '"other"' })).body).toEqual(first.body);
  });

  it('asks for the right to read, whatever the client has', async () => {
    const path = `/v1/${list}/${id}`;
    const { headers } = await catalogue.system.get(path);
    const known = { 'if-none-match': String(headers.etag) };
    expect((await catalogue.system.get(path, { token: null, headers: known })).status).toBe(401);
  });
});

it('finds a model by its foundation model id, too', async () => {
  const { body } = await get(`models/${HAIKU.replace('eu.', '')}`);
  expect(body.id).toBe(HAIKU);
});

it('is sent again after a change', async () => {
  const { headers } = await get('models');
  await catalogue.editModel(NOVA_LITE, { name: 'Renamed' });
  const changed = await get('models', { 'if-none-match': String(headers.etag) });
  expect(changed.status).toBe(200);
  expect(changed.headers.etag).not.toBe(headers.etag);
});
