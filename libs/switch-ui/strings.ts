import { ENGLISH, SWITCH_TEXTS, type SwitchTexts } from '../switch-texts/switch-texts.js';
import type { Direction, ModelSwitchNotification } from './model-switch.js';

/** Texts of the components; `interpolate` replaces `{…}`. */
export interface Strings extends SwitchTexts {
  language: string;
  /** Direction of the language; the page around the component may have another. */
  dir: 'ltr' | 'rtl';
}

const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];

/** @param lang a BCP 47 tag such as `de-AT`; English where the language is another or none */
export function stringsFor(lang: string | undefined): Strings {
  const asked = lang?.toLowerCase().split('-')[0] ?? '';
  const language = Object.hasOwn(SWITCH_TEXTS, asked) ? asked : 'en';
  return { language, dir: RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr', ...SWITCH_TEXTS[language]! };
}

/** @returns undefined where there is no direction, or one that only a newer service knows */
export function textOf(
  texts: Record<Direction, string>,
  direction: string | null | undefined,
): string | undefined {
  return direction && Object.hasOwn(texts, direction) ? texts[direction as Direction] : undefined;
}

/** Keeps a custom title; translates a title of the service, which is English, to the reader's language. */
export function titleOf(notification: ModelSwitchNotification, strings: Strings): string {
  const ours = Object.values(ENGLISH.title);
  if (notification.title && !ours.includes(notification.title)) return notification.title;
  return strings.title[notification.type] ?? strings.title.manual;
}
