import BY_LANGUAGE from './switch.texts.json' with { type: 'json' };

/** Texts about a switch in one language. Values replace their `{name}`. */
export type SwitchTexts = (typeof BY_LANGUAGE)['en'];

/** By the code of the language. A new language needs an entry in the JSON, then `npm run switch-ui`. */
export const SWITCH_TEXTS: Readonly<Record<string, SwitchTexts>> = BY_LANGUAGE;

/** The language of the api; clients translate by `type`, `direction`, `from` and `to`. */
export const ENGLISH: SwitchTexts = BY_LANGUAGE.en;

/** @returns the template with a value for each `{name}` */
export const fillIn = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);

/** @returns what a template begins with, up to its first value */
export const openingOf = (template: string): string => template.split('{', 1)[0]!;

/** @returns the texts by key, such as `title.auto` for a text within `title` */
export function textsByKey(texts: object, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${prefix}${key}`, value]]
        : Object.entries(textsByKey(value, `${prefix}${key}.`)),
    ),
  );
}
