import { afterAll, beforeAll, expect, it } from 'vitest';
import { CatalogueEditing, fieldsOf, NOVA_MICRO, newcomer } from '../support/catalogue-editing.js';

const PASTED = 'eu.example.newcomer–v1:0';

let catalogue: CatalogueEditing;
beforeAll(async () => {
  catalogue = await CatalogueEditing.start();
});
afterAll(() => catalogue?.close());

it.each([PASTED, 'eu.example.é', 'a b', 'a,b', 'a"b', 'a%b', 'a\u0000b', '', 'x'.repeat(257), '.a', 'a.'])(
  'a model is not stored under the id %j, which Bedrock does not take',
  async (id) => {
    const added = await catalogue.edit('POST', 'models', { ...newcomer, id });
    expect(added.status).toBe(400);
    expect(fieldsOf(added)).toEqual(['id']);
    const over = await catalogue.edit('POST', 'models', { ...newcomer, foundationModelId: id });
    expect(over.status).toBe(400);
    expect(fieldsOf(over)).toEqual(['foundationModelId']);
  },
);

it('a model that SQL stored under such an id can be switched to and read: its entity tag fits into a header', async () => {
  const { system } = catalogue;
  await system.environment.owner.query(
    `INSERT INTO bedrock_models (model_id, foundation_model_id, name, provider, use_case, max_tokens, tier, invoke_with,
       destination_regions, input_price_per_1k, output_price_per_1k, is_available)
     SELECT $1, $1, name, provider, use_case, max_tokens, tier, invoke_with, destination_regions, 1, 1, true
     FROM bedrock_models WHERE model_id = $2`,
    [PASTED, NOVA_MICRO],
  );
  await system.act({ action: 'clear-cache' });
  const switched = await system.act({ action: 'switch', modelId: PASTED, conversationId: 'dash' });
  expect(switched).toMatchObject({ status: 200, body: { data: { switched: true, toId: PASTED } } });
  const read = await system.get('/v1/conversations/dash/model');
  expect(read).toMatchObject({ status: 200, body: { model: { id: PASTED } } });
  expect(read.headers.etag).toBe(switched.headers.etag);
  const fresh = { headers: { 'if-match': String(read.headers.etag) } };
  const back = { action: 'switch', modelId: NOVA_MICRO, conversationId: 'dash' };
  expect(await system.call('POST', '/orchestrate', back, fresh)).toMatchObject({ status: 200 });
  expect(await system.call('POST', '/orchestrate', back, fresh)).toMatchObject({ status: 412 });
});
