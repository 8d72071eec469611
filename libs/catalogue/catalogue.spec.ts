import { describe, expect, it } from 'vitest';
import { aModel } from '../../test/support/catalogue-fixture.js';
import { ModelNotFoundError, ModelNotSelectableError } from './catalogue.errors.js';
import { findModel } from './catalogue.js';

const BARE = 'vendor.model-v1:0';
const eu = aModel(`eu.${BARE}`);
const us = aModel(`us.${BARE}`);

describe('finding a model', () => {
  const bareNamesake = aModel(BARE, { foundationModelId: 'x' });

  it.each([
    ['by the id one invokes with', `eu.${BARE}`, [us, eu], eu],
    ['by its foundation model id', BARE, [aModel('eu.vendor.other'), eu], eu],
    ['the available one of several profiles', BARE, [{ ...us, available: false }, eu], eu],
    ['its own id before another’s foundation id', BARE, [eu, bareNamesake], bareNamesake],
  ])('finds %s', (_, id, models, expected) => {
    expect(findModel(models, id)).toBe(expected);
  });

  it('finds a model that nobody may use, too, so that it can say why', () => {
    const off = { ...eu, available: false };
    expect(findModel([off], BARE)).toBe(off);
  });

  it.each(['', 'vendor.model', 'EU.VENDOR.MODEL-V1:0'])('finds none for %j', (id) => {
    expect(findModel([eu, us], id)).toBeUndefined();
  });
});

describe('the refusal of a model', () => {
  const reasons = [
    { code: 'end_of_life' as const, detail: 'reached its end of life on 2026-03-01' },
    { code: 'price_unknown' as const, detail: 'its price is not known' },
  ];

  it('begins with the words of the document where the operator’s flag is off, and names the successor', () => {
    const model = aModel('eu.old', { name: 'Claude 3.5 Sonnet', available: false, successorId: 'eu.new' });
    const error = new ModelNotSelectableError(model, reasons);
    expect(error.message).toMatch(/^Model not found/);
    expect(error.message).toContain('Claude 3.5 Sonnet');
    expect(error.message).toContain('reached its end of life on 2026-03-01; its price is not known');
    expect(error.message).toMatch(/use eu\.new instead$/);
    expect(error).toMatchObject({
      kind: 'conflict',
      code: 'model_not_selectable',
      extensions: { reasons, successor: 'eu.new' },
    });
  });

  it('does not call a model lost that is there but must not be chosen now', () => {
    const error = new ModelNotSelectableError(aModel('eu.slow', { name: 'Slow' }), reasons);
    expect(error.message).not.toContain('not found');
    expect(error.extensions).toEqual({ reasons });
  });

  it('is “not found” for one that the catalogue does not have', () => {
    expect(new ModelNotFoundError('gpt-9')).toMatchObject({
      kind: 'not_found',
      code: 'model_not_found',
      message: expect.stringMatching(/^Model not found.*gpt-9/),
    });
  });
});
