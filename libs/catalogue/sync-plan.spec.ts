import { describe, expect, it } from 'vitest';
import type { FoundationModel, InferenceProfile } from '#libs/platform/bedrock/bedrock-catalogue.service.js';
import { aModel, inSeconds, NOW } from '../../test/support/catalogue-fixture.js';
import type { Model } from './catalogue.js';
import { implausibleReason, planSync } from './sync-plan.js';

const BARE = 'amazon.nova-lite-v1:0';
const EU = `eu.${BARE}`;
const HERE = 'eu-central-1';
const APPLICATION = 'arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/a1b2c3d4e5f6';
const TOMORROW = new Date(inSeconds(86_400));
const YESTERDAY = new Date(inSeconds(-86_400));

const shownModel = (id: string, changes: Partial<FoundationModel> = {}): FoundationModel => ({
  id,
  name: `Name of ${id}`,
  provider: 'Amazon',
  inputModalities: ['TEXT'],
  outputModalities: ['TEXT'],
  streaming: true,
  inferenceTypes: ['INFERENCE_PROFILE'],
  lifecycle: { status: 'ACTIVE', startsAt: null, legacyAt: null, extendedAccessAt: null, endOfLifeAt: null },
  ...changes,
});
const ends = (endOfLifeAt: Date, status = 'LEGACY') => ({
  lifecycle: { status, startsAt: null, legacyAt: YESTERDAY, extendedAccessAt: null, endOfLifeAt },
});
const onDemand = { inferenceTypes: ['ON_DEMAND'] };
const shownProfile = (
  id: string,
  destinations = [HERE, 'eu-west-1'],
  status = 'ACTIVE',
): InferenceProfile => ({
  id,
  name: id,
  status,
  destinations,
  foundationModelIds: [id.replace(/^\w+\./, '')],
});

const plan = (models: FoundationModel[], profiles: InferenceProfile[], present: Model[]) =>
  planSync({ region: HERE, models, profiles }, present, NOW);
const NOTHING = { added: [], changed: [], gone: [] };

describe('a model that appears', () => {
  it('is added by its EU profile, with everything that Bedrock says and nothing that an operator says', () => {
    const { added } = plan([shownModel(BARE, ends(TOMORROW))], [shownProfile(EU, ['eu-west-1', HERE])], []);
    expect(added).toEqual([
      {
        id: EU,
        foundationModelId: BARE,
        name: `Name of ${BARE}`,
        provider: 'amazon',
        lifecycle: {
          status: 'LEGACY',
          legacyAt: YESTERDAY.toISOString(),
          extendedAccessAt: null,
          endOfLifeAt: TOMORROW.toISOString(),
        },
        invokeWith: 'inference_profile',
        destinationRegions: [HERE, 'eu-west-1'],
      },
    ]);
  });

  it('is added by its bare id where it can be invoked on demand, which stays in the region', () => {
    const { added } = plan([shownModel(BARE, onDemand)], [], []);
    expect(added).toMatchObject([{ id: BARE, invokeWith: 'foundation_model', destinationRegions: [HERE] }]);
  });

  it('is added once where it has both', () => {
    const { added } = plan([shownModel(BARE, onDemand)], [shownProfile(EU)], []);
    expect(added.map(({ id }) => id)).toEqual([EU]);
  });

  it('is added by its own profile where there are those of other models', () => {
    const pro = 'amazon.nova-pro-v1:0';
    const { added } = plan(
      [shownModel(BARE), shownModel(pro)],
      [shownProfile(`eu.${pro}`), shownProfile(EU)],
      [],
    );
    expect(added.map(({ id, foundationModelId }) => [id, foundationModelId])).toEqual([
      [EU, BARE],
      [`eu.${pro}`, pro],
    ]);
  });

  it.each<[string, FoundationModel, InferenceProfile[]]>([
    ['neither on demand nor by a profile', shownModel(BARE), []],
    ['only by a profile of another part of the world', shownModel(BARE), [shownProfile(`us.${BARE}`)]],
    ['only by a global profile', shownModel(BARE), [shownProfile(`global.${BARE}`, ['unspecified'])]],
    [
      'only by an application inference profile, which an operator adds',
      shownModel(BARE),
      [{ ...shownProfile(APPLICATION), foundationModelIds: [BARE] }],
    ],
    ['by a profile that is not active', shownModel(BARE), [shownProfile(EU, [HERE], 'CREATING')]],
    ['as embeddings', shownModel(BARE, { ...onDemand, outputModalities: ['EMBEDDING'] }), []],
    ['as images', shownModel(BARE, { ...onDemand, outputModalities: ['IMAGE'] }), []],
    ['for speech', shownModel(BARE, { ...onDemand, inputModalities: ['SPEECH'] }), []],
    ['and has ended', shownModel(BARE, { ...onDemand, ...ends(NOW) }), []],
  ])('is left out where it is there %s', (_, model, profiles) => {
    expect(plan([model], profiles, [])).toEqual(NOTHING);
  });
});

describe('a model that is there already', () => {
  const present = aModel(EU, { destinationRegions: ['eu-west-1', HERE] });

  it('stays untouched while nothing changes, whatever the order of its regions', () => {
    expect(plan([shownModel(BARE)], [shownProfile(EU)], [present])).toEqual(NOTHING);
  });

  it('gets what changed: lifecycle, destinations, the model behind its profile', () => {
    const shown = plan([shownModel(BARE, ends(TOMORROW))], [shownProfile(EU, [HERE])], [present]);
    expect(shown.changed).toMatchObject([
      {
        id: EU,
        lifecycle: { status: 'LEGACY' },
        destinationRegions: [HERE],
        invokeWith: 'inference_profile',
      },
    ]);
    const renamed = aModel(EU, {
      foundationModelId: 'amazon.other',
      destinationRegions: [HERE, 'eu-west-1'],
    });
    expect(plan([shownModel(BARE)], [shownProfile(EU)], [renamed]).changed).toMatchObject([
      { id: EU, foundationModelId: BARE },
    ]);
  });

  it('keeps both ids up to date where an operator has both', () => {
    const bare = aModel(BARE, { invokeWith: null, destinationRegions: null });
    const both = plan([shownModel(BARE, onDemand)], [shownProfile(EU)], [present, bare]);
    expect(both).toMatchObject({
      added: [],
      changed: [{ id: BARE, invokeWith: 'foundation_model', destinationRegions: [HERE] }],
    });
  });

  it('counts a status that nobody knows yet as legacy', () => {
    const lifecycle = { ...shownModel(BARE).lifecycle, status: 'RETIRING' };
    const { changed } = plan([shownModel(BARE, { lifecycle })], [shownProfile(EU)], [present]);
    expect(changed).toMatchObject([{ lifecycle: { status: 'LEGACY' } }]);
  });

  it('of an application inference profile gets the destinations of the models in it', () => {
    const clinic = aModel(APPLICATION, { foundationModelId: BARE, destinationRegions: null });
    const shown = { ...shownProfile(APPLICATION, ['eu-west-1', HERE]), foundationModelIds: [BARE] };
    const { changed, added } = plan([shownModel(BARE)], [shown], [clinic]);
    expect(changed).toMatchObject([{ id: APPLICATION, destinationRegions: [HERE, 'eu-west-1'] }]);
    expect(added).toEqual([]);
    expect(plan([shownModel(BARE)], [], [clinic])).toEqual(NOTHING);
  });

  it('keeps its lifecycle where only its profile is shown', () => {
    expect(plan([], [shownProfile(EU)], [present])).toEqual(NOTHING);
  });

  it('is kept up to date also where it is not for text: somebody wanted it', () => {
    const image = aModel('amazon.image', { invokeWith: 'foundation_model', destinationRegions: [HERE] });
    const shown = shownModel('amazon.image', { ...onDemand, outputModalities: ['IMAGE'] });
    expect(plan([shown], [], [image])).toEqual(NOTHING);
  });

  it.each([
    'us.vendor.model',
    'apac.vendor.model',
    'global.vendor.model',
    'jp.vendor.model',
    'arn:aws:bedrock:x',
  ])('is none of ours as %s', (id) => {
    expect(plan([shownModel(BARE)], [], [aModel(id)])).toEqual(NOTHING);
  });

  it('is none of ours as a profile of another place, also where that is listed', () => {
    const abroad = `us.${BARE}`;
    const shown = shownProfile(abroad, ['us-east-1']);
    expect(plan([shownModel(BARE)], [shown], [aModel(abroad)])).toEqual(NOTHING);
  });
});

describe('a model that is gone', () => {
  const lifecycle = (endOfLifeAt: string | null) => ({
    status: 'LEGACY' as const,
    legacyAt: inSeconds(-9),
    extendedAccessAt: null,
    endOfLifeAt,
  });

  it.each([
    ['immediately where no date was known', null, NOW.toISOString()],
    ['immediately where a later date was known', inSeconds(60), NOW.toISOString()],
    ['when it had ended already', inSeconds(-60), inSeconds(-60)],
  ])('ends %s, and keeps what else was known', (_, before, after) => {
    const { gone, changed } = plan([], [], [aModel(EU, { lifecycle: lifecycle(before) })]);
    expect(changed).toEqual([]);
    expect(gone).toEqual([
      {
        id: EU,
        foundationModelId: BARE,
        lifecycle: { ...lifecycle(after), status: 'EOL' },
        invokeWith: null,
        destinationRegions: [HERE, 'eu-west-1'],
      },
    ]);
  });

  it('is not ended a second time', () => {
    const [ended] = plan([], [], [aModel(EU)]).gone;
    expect(plan([], [], [aModel(EU, ended)])).toEqual(NOTHING);
  });

  it('is changed where it could not be invoked before: it is not gone once more', () => {
    const off = aModel(BARE, { invokeWith: null });
    expect(plan([shownModel(BARE, ends(TOMORROW))], [], [off])).toMatchObject({
      changed: [{ id: BARE, lifecycle: { status: 'LEGACY' }, invokeWith: null }],
      gone: [],
    });
  });

  it('is not ended where our region never had it', () => {
    expect(plan([], [], [aModel(EU, { invokeWith: null })])).toEqual(NOTHING);
  });

  it('ends while it is still shown, when its day has come', () => {
    const { gone } = plan([shownModel(BARE, ends(NOW, 'ACTIVE'))], [shownProfile(EU)], [aModel(EU)]);
    expect(gone).toMatchObject([{ id: EU, lifecycle: { status: 'EOL' }, invokeWith: null }]);
  });

  it('does not end where only its profile went: it just cannot be invoked by it', () => {
    const { gone, added } = plan([shownModel(BARE, onDemand)], [], [aModel(EU)]);
    expect(gone).toMatchObject([{ id: EU, lifecycle: { status: 'ACTIVE' }, invokeWith: null }]);
    expect(added).toMatchObject([{ id: BARE, invokeWith: 'foundation_model' }]);
  });

  it('is restored when it appears again', () => {
    const [ended] = plan([], [], [aModel(EU)]).gone;
    const again = plan([shownModel(BARE)], [shownProfile(EU)], [aModel(EU, ended)]);
    expect(again.changed).toMatchObject([
      { id: EU, lifecycle: { status: 'ACTIVE', endOfLifeAt: null }, invokeWith: 'inference_profile' },
    ]);
  });
});

describe('doubt', () => {
  const four = ['a', 'b', 'c', 'd'].map((name) => aModel(`eu.vendor.${name}`));
  const doubtWith = (left: string[], present = four) => {
    const shown = {
      region: HERE,
      models: left.map((name) => shownModel(`vendor.${name}`)),
      profiles: left.map((name) => shownProfile(`eu.vendor.${name}`)),
    };
    return implausibleReason(shown, present, planSync(shown, present, NOW));
  };

  it('is there when Bedrock shows nothing, also in an empty catalogue', () => {
    expect(doubtWith([])).toMatch(/lists no models/);
    expect(doubtWith([], [])).toMatch(/lists no models/);
  });

  it('is there when more than half of the available models would be gone', () => {
    expect(doubtWith(['a'])).toBe('3 of the 4 available models would be gone');
    expect(doubtWith(['a', 'b'])).toBeNull();
  });

  it('counts only what is in use: neither what nobody approved nor what was gone before', () => {
    const unused = four.map((model, n) => (n < 3 ? { ...model, available: false } : model));
    expect(doubtWith(['d'], unused)).toBeNull();
    const goneBefore = four.map((model, n) => (n < 3 ? { ...model, invokeWith: null } : model));
    expect(doubtWith(['d'], goneBefore)).toBeNull();
    expect(doubtWith(['x'], goneBefore)).toMatch(/^1 of the 1 /);
  });
});
