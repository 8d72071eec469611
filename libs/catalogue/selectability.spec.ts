import { describe, expect, it } from 'vitest';
import {
  aModel,
  aUseCase,
  EU_REGIONS,
  inSeconds,
  NOW,
  policy,
  price,
} from '../../test/support/catalogue-fixture.js';
import type { Model } from './catalogue.js';
import {
  isCoolingDown,
  mergeCoolDowns,
  policyOf,
  type ReasonCode,
  reasonsAgainst,
  type SelectionPolicy,
} from './selectability.js';

const ID = 'eu.vendor.model-v1:0';
const LIFECYCLE = aModel(ID).lifecycle;

const codes = (
  changes: Partial<Model>,
  changedPolicy: Partial<SelectionPolicy> = {},
  coolDowns = {},
): ReasonCode[] =>
  reasonsAgainst(aModel(ID, changes), policy(changedPolicy), coolDowns).map(({ code }) => code);

describe('what speaks against a model', () => {
  it('is nothing, for one that is approved, alive, invokable, in the EU, priced and healthy', () => {
    expect(codes({})).toEqual([]);
  });

  it.each<[what: string, changes: Partial<Model>, code: ReasonCode, detail: string]>([
    [
      'the operator has not approved it',
      { available: false },
      'not_available',
      'is_available is false: no operator has approved it',
    ],
    [
      'AWS calls it EOL',
      { lifecycle: { ...LIFECYCLE, status: 'EOL' } },
      'end_of_life',
      'reached its end of life',
    ],
    [
      'there is no way to invoke it here',
      { invokeWith: null },
      'not_invokable',
      'cannot be invoked from eu-central-1',
    ],
    [
      'it may route abroad',
      { destinationRegions: ['eu-central-1', 'us-east-1'] },
      'destination_not_allowed',
      'may send prompts to us-east-1, outside the allowed regions',
    ],
    [
      'its input price is unknown',
      { price: price(null, '0.002') },
      'price_unknown',
      'its price is not known',
    ],
    [
      'its output price is unknown',
      { price: price('0.001', null) },
      'price_unknown',
      'its price is not known',
    ],
    ['the sweep failed it', { validationStatus: 'failed' }, 'validation_failed', 'failed its validation'],
    [
      'the sweep failed it for a known cause',
      { validationStatus: 'failed', validationDetail: 'access denied' },
      'validation_failed',
      'failed its validation: access denied',
    ],
  ])('is, alone, that %s, and says so', (_, changes, code, detail) => {
    expect(reasonsAgainst(aModel(ID, changes), policy(), {})).toEqual([{ code, detail }]);
  });

  it.each<[what: string, changes: Partial<Model>]>([
    ['is legacy but still lives', { lifecycle: { ...LIFECYCLE, status: 'LEGACY', legacyAt: inSeconds(-1) } }],
    ['no sweep has looked at yet', { validationStatus: 'unknown' }],
    ['is free of charge, as its price is known to be 0', { price: price('0', '0') }],
  ])('is nothing, for one that %s', (_, changes) => {
    expect(codes(changes)).toEqual([]);
  });

  it('does not ask for the approval of a model that has ended', () => {
    const detailOf = (changes: Partial<Model>) =>
      reasonsAgainst(aModel(ID, { available: false, ...changes }), policy(), {})[0]!.detail;
    expect(detailOf({})).toBe('is_available is false: no operator has approved it');
    expect(detailOf({ lifecycle: { ...LIFECYCLE, status: 'EOL' } })).toBe(
      'is_available is false: it is retired',
    );
    const retired = { by: 'service:ops', at: '2026-11-30T21:00:00.000Z' };
    expect(detailOf({ retired })).toBe('is_available is false: retired by service:ops on 2026-11-30');
    expect(detailOf({ retired, successorId: 'next' })).toMatch(/ on 2026-11-30; successor next$/);
    expect(detailOf({ retired: { by: 'unknown', at: null }, successorId: 'next' })).toBe(
      'is_available is false: retired before retirements were recorded: who did it is unknown; successor next',
    );
  });

  it('lists every reason, so that an operator need not ask twice', () => {
    const hopeless: Partial<Model> = {
      available: false,
      lifecycle: { ...LIFECYCLE, status: 'EOL' },
      destinationRegions: ['us-east-1'],
      price: price(null, null),
      validationStatus: 'failed',
    };
    expect(codes(hopeless, {}, { [ID]: inSeconds(1) })).toEqual([
      'not_available',
      'end_of_life',
      'destination_not_allowed',
      'price_unknown',
      'validation_failed',
      'cooling_down',
    ]);
  });

  it('is a sentence that names the day, the regions and the time', () => {
    const model = aModel(ID, {
      lifecycle: { ...LIFECYCLE, endOfLifeAt: '2026-09-14T00:00:00.000Z' },
      destinationRegions: ['eu-west-1', 'us-east-1', 'us-west-2'],
    });
    const until = inSeconds(60);
    const details = reasonsAgainst(model, policy(), { [ID]: until }).map(({ detail }) => detail);
    expect(details).toEqual([
      'reached its end of life on 2026-09-14',
      'may send prompts to us-east-1, us-west-2, outside the allowed regions',
      `failed here and cools down until ${until}`,
    ]);
  });
});

describe('time', () => {
  it.each([
    ['has ended exactly at its end of life', 0, ['end_of_life']],
    ['has ended after it', -0.001, ['end_of_life']],
    ['still lives a millisecond before it', 0.001, []],
  ])('a model %s', (_, seconds, expected) => {
    expect(codes({ lifecycle: { ...LIFECYCLE, endOfLifeAt: inSeconds(seconds) } })).toEqual(expected);
  });

  it.each([
    ['holds until a millisecond before its end', 0.001, ['cooling_down']],
    ['is over exactly at its end', 0, []],
    ['is over after it', -0.001, []],
  ])('a cool-down %s', (_, seconds, expected) => {
    expect(codes({}, {}, { [ID]: inSeconds(seconds) })).toEqual(expected);
  });

  it('asks the clock it is given: the same model may be selected the day before', () => {
    const lifecycle = { ...LIFECYCLE, endOfLifeAt: inSeconds(0) };
    expect(codes({ lifecycle }, { now: new Date(NOW.getTime() - 86_400_000) })).toEqual([]);
  });

  it('a cool-down of another model is none of this one', () => {
    expect(codes({}, {}, { 'eu.vendor.other-v1:0': inSeconds(60) })).toEqual([]);
    expect(isCoolingDown(ID, {}, NOW)).toBe(false);
  });
});

describe('where a prompt may go', () => {
  const profile = (id: string, destinationRegions: string[] | null, allowedRegions = EU_REGIONS) =>
    reasonsAgainst(aModel(id, { destinationRegions }), policy({ allowedRegions }), {}).map(
      ({ code }) => code,
    );

  it.each([
    ['an eu. profile with all six EU regions', EU_REGIONS],
    ['an eu. profile with some of them', ['eu-north-1', 'eu-south-2']],
    ['an eu. profile whose list nobody has read yet: it counts as EU', null],
  ])('the EU may be served by %s', (_, destinations) => {
    expect(profile('eu.vendor.model-v1:0', destinations)).toEqual([]);
  });

  it.each(['global', 'us', 'apac', 'us-gov', 'jp'])(
    'a %s. profile is refused, whatever list it has',
    (area) => {
      const refused = ['destination_not_allowed'];
      expect(profile(`${area}.vendor.model-v1:0`, null)).toEqual(refused);
      expect(profile(`${area}.vendor.model-v1:0`, ['eu-central-1'])).toEqual(refused);
      expect(profile(`${area}.vendor.model-v1:0`, [])).toEqual(refused);
    },
  );

  it.each(['global', 'us', 'apac', 'us-gov', 'jp', 'latam'])(
    'a %s. profile is refused, also where it is said to be a foundation model',
    (area) => {
      const foundationModelId = 'vendor.model-v1:0';
      const model = aModel(`${area}.${foundationModelId}`, {
        foundationModelId,
        invokeWith: 'foundation_model',
        destinationRegions: ['eu-central-1'],
      });
      expect(reasonsAgainst(model, policy(), {}).map(({ code }) => code)).toEqual([
        'destination_not_allowed',
      ]);
    },
  );

  it.each([
    ['that were read, in the EU', ['eu-west-1', 'eu-central-1'], []],
    ['that were read, outside', ['eu-central-1', 'us-east-1'], ['destination_not_allowed']],
    ['of a global profile', ['unspecified', 'eu-central-1'], ['destination_not_allowed']],
    ['that are not read yet', null, ['destination_not_allowed']],
    ['that are none', [], ['destination_not_allowed']],
  ])('an application inference profile goes to the destinations %s', (_, destinations, expected) => {
    const arn = 'arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/a1b2c3d4e5f6';
    expect(profile(arn, destinations)).toEqual(expected);
  });

  it('a global. profile is refused even where every region of the world is allowed', () => {
    expect(profile('global.vendor.model-v1:0', null, [...EU_REGIONS, 'us-east-1'])).toEqual([
      'destination_not_allowed',
    ]);
  });

  it('an unread eu. profile is refused where only a part of the EU is allowed: it may route to the rest', () => {
    const [reason] = reasonsAgainst(
      aModel(ID, { destinationRegions: null }),
      policy({ allowedRegions: ['eu-central-1', 'eu-west-1'] }),
      {},
    );
    expect(reason).toEqual({
      code: 'destination_not_allowed',
      detail:
        'may send prompts to eu-north-1, eu-west-3, eu-south-1, eu-south-2, outside the allowed regions',
    });
  });

  it('a profile whose list was read is judged by that list where only a part of the EU is allowed', () => {
    expect(profile(ID, ['eu-west-1', 'eu-central-1'], ['eu-central-1', 'eu-west-1'])).toEqual([]);
    expect(profile(ID, ['eu-west-3'], ['eu-central-1', 'eu-west-1'])).toEqual(['destination_not_allowed']);
  });

  it.each<
    [
      what: string,
      destinationRegions: string[] | null,
      changed: Partial<SelectionPolicy>,
      expected: ReasonCode[],
    ]
  >([
    ['stays in the region that calls it', null, {}, []],
    [
      'is refused where that region is not allowed',
      null,
      { region: 'us-east-1' },
      ['destination_not_allowed'],
    ],
    ['is judged by its list, if it has one', ['us-east-1'], {}, ['destination_not_allowed']],
  ])('a bare foundation model %s', (_, destinationRegions, changed, expected) => {
    const model = aModel('minimax.minimax-m2.1', { invokeWith: 'foundation_model', destinationRegions });
    expect(reasonsAgainst(model, policy(changed), {}).map(({ code }) => code)).toEqual(expected);
  });

  it('a model that cannot be invoked at all goes nowhere, so only that is said', () => {
    expect(codes({ invokeWith: null, destinationRegions: ['us-east-1'] })).toEqual(['not_invokable']);
  });
});

describe('the regions of a use case', () => {
  const allowedIn = (allowedRegions: string[] | null) =>
    policyOf(aUseCase('clinical', [ID], { allowedRegions }), policy()).allowedRegions;

  it('narrow those of the service, and never widen them', () => {
    expect(allowedIn(['us-east-1', 'eu-west-1'])).toEqual(['eu-west-1']);
  });

  it('are those of the service where the use case names none', () => {
    expect(allowedIn(null)).toEqual(EU_REGIONS);
  });
});

describe('cool-downs of a conversation and of its use case', () => {
  it.each([
    [
      'the longer one holds where it is the first',
      { m: inSeconds(9) },
      { m: inSeconds(5) },
      { m: inSeconds(9) },
    ],
    [
      'the longer one holds where it is the second',
      { m: inSeconds(5) },
      { m: inSeconds(9) },
      { m: inSeconds(9) },
    ],
    [
      'each keeps its own models',
      { m: inSeconds(5) },
      { n: inSeconds(9) },
      { m: inSeconds(5), n: inSeconds(9) },
    ],
    ['nothing comes of nothing', {}, {}, {}],
  ])('%s', (_, a, b, expected) => {
    expect(mergeCoolDowns(a, b)).toEqual(expected);
  });
});
