import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stringsFor } from '../../libs/switch-ui/strings.js';
import { dartBlocks, namedArguments, parseDart, publicFunctions, textsOf } from '../../tools/dart-source.js';

const FILE = 'clients/flutter/show_model_switch_notification.dart';
const source = readFileSync(FILE, 'utf8');
const tree = parseDart(source);
const functions = publicFunctions(tree);

/** Calls as in the apps. */
const DOCUMENTED_CALLS = `
void main() async {
  await showModelSwitchNotification(
    context,
    modelName: "Amazon Nova Pro",
    modelId: "eu.amazon.nova-pro-v1:0",
    type: 'auto',
    title: "Auto-Switching AI Model",
    message: "Upgraded to better model for this request...",
    displayDuration: Duration(seconds: 5),
  );
  final selected = await showModelSwitchDialog(
    context,
    availableModels: [
      {'id': 'eu.amazon.nova-lite-v1:0', 'name': 'Amazon Nova Lite', 'provider': 'amazon', 'useCase': 'health'},
    ],
    currentModelId: currentModelId,
    currentModelName: "Nova Pro",
  );
  final confirmed = await showModelSwitchConfirmation(
    context,
    fromModel: 'Claude 3.5 Sonnet',
    toModel: 'Amazon Nova Lite',
    reason: 'Cost optimization',
  );
}`;

describe('the Flutter functions', () => {
  it('have the signatures of the document', () => {
    expect(functions.showModelSwitchNotification).toMatchObject({
      returns: 'Future<void>',
      async: true,
      positional: ['BuildContext context'],
      named: {
        modelName: 'required String modelName',
        modelId: 'required String modelId',
        type: 'required String type',
        title: 'required String title',
        message: 'required String message',
        displayDuration: 'Duration displayDuration = const Duration(seconds: 5)',
        provider: 'String? provider',
        reason: 'String? reason',
      },
    });
    expect(functions.showModelSwitchDialog).toEqual({
      returns: 'Future<Map<String, dynamic>?>',
      async: true,
      positional: ['BuildContext context'],
      named: {
        availableModels: 'required List<Map<String, dynamic>> availableModels',
        currentModelId: 'required String currentModelId',
        currentModelName: 'required String currentModelName',
      },
    });
    expect(functions.showModelSwitchConfirmation).toEqual({
      returns: 'Future<bool>',
      async: true,
      positional: ['BuildContext context'],
      named: {
        fromModel: 'required String fromModel',
        toModel: 'required String toModel',
        reason: 'String? reason',
        direction: 'String? direction',
      },
    });
  });

  it.each(['showModelSwitchNotification', 'showModelSwitchDialog', 'showModelSwitchConfirmation'])(
    '%s takes the documented call, and needs no more',
    (name) => {
      const [given] = namedArguments(parseDart(DOCUMENTED_CALLS), name);
      const { named } = functions[name]!;
      const required = Object.keys(named).filter((parameter) => named[parameter]!.startsWith('required'));
      expect(Object.keys(named)).toEqual(expect.arrayContaining(given!));
      expect(given).toEqual(expect.arrayContaining(required));
    },
  );

  it.each(readdirSync('test/fixtures/notifications'))('find in %s what they read from the JSON', (name) => {
    const json = JSON.parse(readFileSync(`test/fixtures/notifications/${name}`, 'utf8'));
    const read = [...source.matchAll(/json\['(\w+)'\] as (String\??)/g)];
    expect(read.map(([, key]) => key)).toEqual(expect.arrayContaining(['modelName', 'direction', 'kind']));
    const given = ([, key]: string[]) => (json[key!] == null ? 'String?' : typeof json[key!]);
    const unfit = read.filter((one) => ![one[2], 'string'].includes(given(one)));
    expect(unfit.map(([, key]) => key)).toEqual([]);
  });

  it.each(['en', 'de', 'fr'])('say in %s what the web components say', (language) => {
    const { language: _, close, notifications, ...strings } = stringsFor(language);
    expect(textsOf(tree, '_texts')[language]).toEqual(flattened(strings));
  });

  it('have white text on colours with a contrast of at least 4.5', () => {
    const colours = [...source.matchAll(/const _(auto|manual|news)Color = Color\(0xFF(\w{6})\)/g)];
    expect(colours).toHaveLength(3);
    for (const [, , colour] of colours) expect(1.05 / (luminance(colour!) + 0.05)).toBeGreaterThan(4.5);
  });
});

it('the recipes are Dart, and call what is there', () => {
  const recipes = parseDart(dartBlocks('clients/flutter/README.md'));
  expect(Object.keys(publicFunctions(recipes))).toEqual([
    'switchModel',
    'showNewNotifications',
    'followNotifications',
  ]);
  const called = recipes.text.match(/\bshowModelSwitch\w+/g)!;
  expect(Object.keys(functions)).toEqual(expect.arrayContaining(called));
});

describe('the grammar', () => {
  it.each([
    ['a brace too few', source.slice(0, source.lastIndexOf('}'))],
    ['a bracket of another kind', source.replace('children: [', 'children: (')],
    ['a statement without its end', source.replace('return confirmed ?? false;', 'return confirmed ??;')],
  ])('refuses %s', (_, broken) => {
    expect(broken).not.toBe(source);
    expect(() => parseDart(broken)).toThrow(SyntaxError);
  });
});

function flattened(strings: object, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(strings).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${prefix}${key}`, value]]
        : Object.entries(flattened(value, `${prefix}${key}.`)),
    ),
  );
}

/** Relative luminance of `RRGGBB`, as in WCAG. */
function luminance(colour: string): number {
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
