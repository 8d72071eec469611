import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SWITCH_TEXTS, textsByKey } from '../../libs/switch-texts/switch-texts.js';
import { dartTexts } from '../../scripts/switch-ui/dart-texts.js';
import {
  dartBlocks,
  membersUsed,
  namedArguments,
  parseDart,
  publicFunctions,
  staticCalls,
  staticMembers,
  textsOf,
  topLevelNames,
} from '../../tools/dart-source.js';

const README = 'clients/flutter/README.md';
const LIB = 'clients/flutter/lib';
const read = (file: string) => readFileSync(`${LIB}/custom_code/${file}`, 'utf8');
const actions = readdirSync(`${LIB}/custom_code/actions`).filter((file) => file !== 'index.dart');
const sources = Object.fromEntries(actions.map((file) => [file, read(`actions/${file}`)]));
const functions = Object.fromEntries(
  Object.values(sources).flatMap((source) => Object.entries(publicFunctions(parseDart(source)))),
);
/** Files of classes, by the name of their one class. */
const CODE_FILES = { ModelSwitch: 'model_switch.dart', ModelSwitchTexts: 'model_switch_texts.dart' };
const code = [...Object.values(sources), read(CODE_FILES.ModelSwitch)];

/** `show_x.dart` has `showX`. */
const functionOf = (file: string) =>
  file.replace(/\.dart$/, '').replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

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
    const source = sources['show_model_switch_notification_from_json.dart']!;
    const fields = [...source.matchAll(/json\['(\w+)'\] as (String\??)/g)];
    expect(fields.map(([, key]) => key)).toEqual(expect.arrayContaining(['modelName', 'direction', 'kind']));
    const given = ([, key]: string[]) => (json[key!] == null ? 'String?' : typeof json[key!]);
    const unfit = fields.filter((field) => ![field[2], 'string'].includes(given(field)));
    expect(unfit.map(([, key]) => key)).toEqual([]);
  });

  it('name a provider by the patterns of the web components', () => {
    const patterns = [...read(CODE_FILES.ModelSwitch).matchAll(/RegExp\(r'(\S+)'\);/g)];
    expect(patterns).toHaveLength(2);
    const web = readFileSync('libs/switch-ui/model-switch.ts', 'utf8');
    for (const [, pattern] of patterns) expect(web).toContain(`/${pattern}/`);
  });

  it('have white text on colours with a contrast of at least 4.5', () => {
    const source = sources['show_model_switch_notification.dart']!;
    const colours = [...source.matchAll(/const _(auto|manual|news)Color = Color\(0xFF(\w{6})\)/g)];
    expect(colours).toHaveLength(3);
    for (const [, , colour] of colours) expect(1.05 / (luminance(colour!) + 0.05)).toBeGreaterThan(4.5);
  });

  it('scroll in each dialog, and ask before they switch', () => {
    const dialogs = Object.values(sources).filter((source) => source.includes('AlertDialog('));
    expect(dialogs).toHaveLength(2);
    for (const dialog of dialogs) {
      expect(dialog).toMatch(/AlertDialog\(\s+scrollable: true,/);
      expect(dialog).toMatch(/FilledButton\([^;]*\.pop\([^;]*'switchNow'/);
      expect(dialog).not.toMatch(/onTap: .*\.pop\(/);
    }
  });
});

describe('the texts', () => {
  it.each(Object.keys(SWITCH_TEXTS))('in %s are those of the api and the web components', (language) => {
    const texts = textsOf(parseDart(read(CODE_FILES.ModelSwitchTexts)), 'byLanguage');
    expect(texts[language]).toEqual(textsByKey(SWITCH_TEXTS[language]!));
  });

  it('become Dart whatever is in them', () => {
    const texts = structuredClone(SWITCH_TEXTS.en!);
    texts.cancel = `it's $5, \\n or "${'long '.repeat(20)}"\n\u00a0\u{1f600}\u202e\u{e0001}`;
    const made = dartTexts({ en: texts });
    expect(textsOf(parseDart(made), 'byLanguage')).toEqual({ en: textsByKey(texts) });
    expect(made).toMatch(/^[^\u00a0\u202e]+$/);
  });

  it('are there for each key that the actions say', () => {
    const calls = Object.values(sources).flatMap((source) =>
      staticCalls(parseDart(source), 'ModelSwitch', 'say'),
    );
    const keys = calls.flatMap(([, key]) =>
      [...key!.matchAll(/(?<!== )'([\w.]+)'/g)].map(([, said]) => said),
    );
    expect(keys).toEqual(expect.arrayContaining(['using', 'title.manual', 'confirm.lateral', 'close']));
    expect(Object.keys(textsByKey(SWITCH_TEXTS.en!))).toEqual(expect.arrayContaining(keys));
  });

  it('of a direction are said only where they are known', () => {
    const guarded = [
      ['show_model_switch_notification.dart', /hasText\('switched\.\$direction'\)/, /\$direction/g, 2],
      ['show_model_switch_confirmation.dart', /hasText\(question\) \? question :/, /\$direction/g, 1],
    ] as const;
    for (const [file, guard, use, times] of guarded) {
      expect(sources[file]).toMatch(guard);
      expect(sources[file]!.match(use)).toHaveLength(times);
    }
  });
});

describe.each(actions)('the custom action of FlutterFlow in %s', (file) => {
  const source = sources[file]!;
  const tree = parseDart(source);
  const [header, own] = source.split('// DO NOT REMOVE OR MODIFY THE CODE ABOVE!\n');

  it('has its header, less what only FlutterFlow has', () => {
    expect(header!.replace("import 'index.dart'; // Imports other custom actions\n", '')).toBe(
      '// Automatic FlutterFlow imports\n' +
        "import 'package:flutter/material.dart';\n" +
        '// Begin custom action code\n',
    );
  });

  it('has one public function, of its name, that returns a Future', () => {
    expect(topLevelNames(tree).filter((name) => !name.startsWith('_'))).toEqual([functionOf(file)]);
    expect(publicFunctions(tree)[functionOf(file)]).toMatchObject({
      returns: expect.stringMatching(/^Future<.+>$/),
      async: true,
      positional: expect.arrayContaining(['BuildContext context']),
    });
  });

  it('imports what it uses, and nothing else', () => {
    const others = Object.keys(functions).filter((name) => name !== functionOf(file));
    const calls = others.some((name) => namedArguments(tree, name).length > 0);
    expect(header!.includes("import 'index.dart'")).toBe(calls);
    const imported = [...own!.matchAll(/^import '(.+)';$/gm)].map(([, path]) => path);
    const used = Object.entries(CODE_FILES).filter(([name]) => membersUsed(tree, name).length > 0);
    expect(imported).toEqual(used.map(([, path]) => `/custom_code/${path}`));
  });
});

describe('for FlutterFlow', () => {
  it('index.dart exports each action by its name', () => {
    const exported = [...read('actions/index.dart').matchAll(/^export '(\w+\.dart)'\s+show (\w+);$/gm)];
    expect(exported.map(([, file, name]) => [file, name])).toEqual(
      actions.map((file) => [file, functionOf(file)]),
    );
  });

  it.each(Object.entries(CODE_FILES))('the code file of %s has one plain class', (name, file) => {
    const tree = parseDart(read(file));
    expect(topLevelNames(tree)).toEqual([name]);
    expect(read(file)).toContain(`\nclass ${name} {\n`);
    const imports = [...read(file).matchAll(/^import '(\/.+)';$/gm)].map(([, path]) => `${LIB}${path}`);
    expect(imports.filter((path) => !existsSync(path))).toEqual([]);
  });

  it.each(Object.entries(CODE_FILES))('the members of %s that are used are there', (name, file) => {
    const used = code.flatMap((source) => membersUsed(parseDart(source), name));
    expect(used.length).toBeGreaterThan(0);
    expect(staticMembers(parseDart(read(file)), name)).toEqual(expect.arrayContaining(used));
  });

  it('the README lists the actions of the action flow with the types of their arguments', () => {
    const DART: Record<string, string> = { JSON: 'dynamic', String: 'String', Boolean: 'bool', '–': 'void' };
    const rows = [...readFileSync(README, 'utf8').matchAll(/^\| `(\w+)` \| (`.*?) \| (\S+) \|$/gm)];
    const listed = rows.map(([, name, list, result]) => {
      const parameters = [...list!.matchAll(/`(\w+)`: (\w+)(, nullable)?/g)];
      const positional = parameters.map(([, parameter, type, nullable]) => {
        return `${DART[type!]}${nullable && type !== 'JSON' ? '?' : ''} ${parameter}`;
      });
      return [
        name,
        { returns: `Future<${DART[result!]}>`, positional: ['BuildContext context', ...positional] },
      ];
    });
    const byPosition = Object.entries(functions)
      .filter(([, { named }]) => Object.keys(named).length === 0)
      .map(([name, { returns, positional }]) => [name, { returns, positional }]);
    expect(listed.sort()).toEqual(byPosition.sort());
  });
});

it('the recipes are Dart, and call what is there', () => {
  const recipes = parseDart(dartBlocks(README));
  expect(Object.keys(publicFunctions(recipes))).toEqual([
    'switchModel',
    'showNewNotifications',
    'followNotifications',
  ]);
  const called = recipes.text.match(/\bshowModelSwitch\w+/g)!;
  expect(Object.keys(functions)).toEqual(expect.arrayContaining(called));
});

describe('the grammar', () => {
  const source = sources['show_model_switch_confirmation.dart']!;
  it.each([
    ['a brace too few', source.slice(0, source.lastIndexOf('}'))],
    ['a bracket of another kind', source.replace('children: [', 'children: (')],
    ['a statement without its end', source.replace('return confirmed ?? false;', 'return confirmed ??;')],
  ])('refuses %s', (_, broken) => {
    expect(broken).not.toBe(source);
    expect(() => parseDart(broken)).toThrow(SyntaxError);
  });
});

/** Relative luminance of `RRGGBB`, as in WCAG. */
function luminance(colour: string): number {
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
