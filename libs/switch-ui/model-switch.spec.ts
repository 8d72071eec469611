import { describe, expect, it } from 'vitest';
import { isUrgent, providerOf } from './model-switch.js';
import { stringsFor, textOf, titleOf } from './strings.js';

describe('the provider', () => {
  it.each([
    ['eu.amazon.nova-pro-v1:0', 'Amazon'],
    ['anthropic.claude-3-5-sonnet-20241022-v2:0', 'Anthropic'],
    ['deepseek.v3.2', 'Deepseek'],
    ['us-gov.anthropic.claude-3-haiku', 'Anthropic'],
    ['arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/x.y', undefined],
    ['', undefined],
  ])('of %j is %j', (modelId, expected) => {
    expect(providerOf({ modelId })).toBe(expected);
    expect(providerOf({ modelId, provider: '' })).toBe(expected);
    expect(providerOf({ modelId, provider: 'mistral' })).toBe('Mistral');
  });
});

it.each([
  [{ type: 'auto', direction: 'downgrade' }, true],
  [{ type: 'manual', direction: 'downgrade' }, false],
  [{ type: 'auto', direction: 'upgrade' }, false],
  [{ type: 'auto', kind: 'alert' }, true],
  [{ type: 'auto', kind: 'lifecycle' }, false],
] as const)('%j interrupts: %j', (notification, expected) => {
  expect(isUrgent({ modelName: 'M', modelId: 'a.m', ...notification })).toBe(expected);
});

describe('the strings', () => {
  it.each([
    ['de-CH', 'de'],
    ['FR', 'fr'],
    ['en-GB', 'en'],
    ['pt', 'en'],
    ['', 'en'],
    [undefined, 'en'],
    ['constructor', 'en'],
  ])('for %j are those of %j', (lang, language) => {
    expect(stringsFor(lang).language).toBe(language);
  });

  it.each([undefined, null, '', 'sideways', 'toString'])('have none for the direction %j', (direction) => {
    expect(textOf(stringsFor('en').confirm, direction)).toBeUndefined();
  });

  it('have a title for a type that nobody knows', () => {
    const notification = { modelName: 'M', modelId: 'a.m', type: 'other' as never };
    expect(titleOf(notification, stringsFor('en'))).toBe('Switching AI Model');
  });
});
