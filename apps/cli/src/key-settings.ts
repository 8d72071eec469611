import type { Schemas } from '#libs/client/client.js';
import { bodyOf, changesOf, type Field, field, names, type Options, oneOf, orNone, text } from './fields.js';

type Settings = Pick<Schemas['EditKey'], 'defaults' | 'limits'>;
/** As typed. */
type LimitOptions = Omit<Schemas['KeyLimitsEdit'], 'useCases'> & { useCases?: 'any' | string[] };
type Key = Pick<Schemas['Key'], 'defaults' | 'limits'>;

/** One of the words, or a list. */
const wordOr =
  (...words: readonly string[]) =>
  (given: string) =>
    words.includes(given) ? given : names(given);

const DEFAULTS: readonly Field[] = [
  field('--use-case <name>', 'useCase', 'of a call that names none, or none: platform', orNone(text)),
  field('--assistant <id>', 'assistantId', 'whose use case is the default, or none', orNone(text)),
  field('--user <id>', 'userId', 'of a call that names none, without act-as; or none', orNone(text)),
  field(
    '--fallback <same-use-case|none>',
    'fallback',
    'whether another candidate may answer for a model that a call names',
    oneOf('same-use-case', 'none'),
  ),
  field(
    '--echo <body|none>',
    'echo',
    'whether an answer on a wire says in its body which model answered',
    oneOf('body', 'none'),
  ),
];
const LIMITS: readonly Field[] = [
  field('--allow-use-cases <names>', 'useCases', 'in which it may act: a,b or any', wordOr('any')),
  field(
    '--allow-models <ids>',
    'models',
    'that a call may name: candidates, any, or the candidates a,b',
    wordOr('candidates', 'any'),
  ),
  field(
    '--allow-users <prefixes>',
    'users',
    'for whom it may act: any, own, or those whose ids begin with a,b',
    wordOr('any', 'own'),
  ),
];
export const SETTING_FIELDS: readonly Field[] = [...DEFAULTS, ...LIMITS];

/** The defaults and the limits that were given, as the service takes them. */
export function settingsOf(options: Options): Settings {
  const defaults = bodyOf<Schemas['KeyDefaultsEdit']>(DEFAULTS, options);
  const { useCases, ...others } = bodyOf<LimitOptions>(LIMITS, options);
  // The service has null for it.
  const limits = { ...others, ...(useCases && { useCases: useCases === 'any' ? null : useCases }) };
  return {
    ...(Object.keys(defaults).length > 0 && { defaults }),
    ...(Object.keys(limits).length > 0 && { limits }),
  };
}

/** As `settingsOf`, for a command that would do nothing without any. @throws CliFailure */
export function changedSettings(options: Options): Settings {
  changesOf(SETTING_FIELDS, options);
  return settingsOf(options);
}

/** Null: nothing is set, which has no line. */
function shownUnless(usual: string, words: string | readonly string[] | null | undefined): string | null {
  if (words === null || words === undefined || words === usual) return null;
  return typeof words === 'string' ? words : words.join(', ');
}

export function shownDefaults({ defaults }: Key): [string, string | null | undefined][] {
  return [
    ['Use case', defaults?.useCase],
    ['Assistant', defaults?.assistantId],
    ['User', defaults?.userId],
    ['Fallback', shownUnless('none', defaults?.fallback)],
    ['Echo', shownUnless('none', defaults?.echo)],
  ];
}

export function shownLimits({ limits }: Key): [string, string | null | undefined][] {
  return [
    ['Allowed use cases', shownUnless('any', limits?.useCases)],
    ['Allowed models', shownUnless('candidates', limits?.models)],
    ['Allowed users', shownUnless('any', limits?.users)],
  ];
}
