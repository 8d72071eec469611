import type { Direction, ModelSwitchNotification, SwitchType } from './model-switch.js';

/** Texts of the components; `{…}` is filled in by `fill`. */
export interface Strings {
  language: string;
  title: Record<SwitchType, string>;
  switched: Record<Direction, string>;
  using: string;
  about: string;
  provider: string;
  reason: string;
  close: string;
  notifications: string;
  choose: string;
  current: string;
  inUse: string;
  noOther: string;
  confirm: Record<Direction, string>;
  fromTo: string;
  switchNow: string;
  cancel: string;
}

const ENGLISH: Strings = {
  language: 'en',
  title: { manual: 'Switching AI Model', auto: 'Auto-Switching AI Model' },
  switched: {
    upgrade: 'Upgraded from {from} to {to}',
    downgrade: 'Downgraded from {from} to {to}',
    lateral: 'Changed from {from} to {to}',
  },
  using: 'Using: {model}',
  about: 'Model: {model}',
  provider: 'Provider: {provider}',
  reason: 'Reason: {reason}',
  close: 'Close',
  notifications: 'Notifications (F8)',
  choose: 'Choose an AI model',
  current: 'Current model: {model}',
  inUse: 'in use',
  noOther: 'No other model is available.',
  confirm: {
    upgrade: 'Upgrade the AI model?',
    downgrade: 'Downgrade the AI model?',
    lateral: 'Switch the AI model?',
  },
  fromTo: 'From {from} to {to}.',
  switchNow: 'Switch',
  cancel: 'Cancel',
};

const GERMAN: Strings = {
  language: 'de',
  title: { manual: 'KI-Modell wird gewechselt', auto: 'KI-Modell wird automatisch gewechselt' },
  switched: {
    upgrade: 'Von {from} auf {to} hochgestuft',
    downgrade: 'Von {from} auf {to} herabgestuft',
    lateral: 'Von {from} zu {to} gewechselt',
  },
  using: 'In Verwendung: {model}',
  about: 'Modell: {model}',
  provider: 'Anbieter: {provider}',
  reason: 'Grund: {reason}',
  close: 'Schließen',
  notifications: 'Benachrichtigungen (F8)',
  choose: 'KI-Modell auswählen',
  current: 'Aktuelles Modell: {model}',
  inUse: 'in Verwendung',
  noOther: 'Es ist kein anderes Modell verfügbar.',
  confirm: {
    upgrade: 'KI-Modell hochstufen?',
    downgrade: 'KI-Modell herabstufen?',
    lateral: 'KI-Modell wechseln?',
  },
  fromTo: 'Von {from} zu {to}.',
  switchNow: 'Wechseln',
  cancel: 'Abbrechen',
};

const FRENCH: Strings = {
  language: 'fr',
  title: { manual: 'Changement de modèle d’IA', auto: 'Changement automatique de modèle d’IA' },
  switched: {
    upgrade: 'Passage de {from} à {to}, un modèle supérieur',
    downgrade: 'Passage de {from} à {to}, un modèle inférieur',
    lateral: 'Passage de {from} à {to}',
  },
  using: 'Modèle utilisé\u00a0: {model}',
  about: 'Modèle\u00a0: {model}',
  provider: 'Fournisseur\u00a0: {provider}',
  reason: 'Motif\u00a0: {reason}',
  close: 'Fermer',
  notifications: 'Notifications (F8)',
  choose: 'Choisir un modèle d’IA',
  current: 'Modèle actuel\u00a0: {model}',
  inUse: 'utilisé',
  noOther: 'Aucun autre modèle n’est disponible.',
  confirm: {
    upgrade: 'Passer à un modèle d’IA supérieur\u00a0?',
    downgrade: 'Passer à un modèle d’IA inférieur\u00a0?',
    lateral: 'Changer de modèle d’IA\u00a0?',
  },
  fromTo: 'De {from} à {to}.',
  switchNow: 'Changer',
  cancel: 'Annuler',
};

const LANGUAGES = [ENGLISH, GERMAN, FRENCH];

/** @param lang a BCP 47 tag such as `de-AT`; English where the language is another or none */
export function stringsFor(lang: string | undefined): Strings {
  const language = lang?.toLowerCase().split('-')[0];
  return LANGUAGES.find((strings) => strings.language === language) ?? ENGLISH;
}

/** Keeps a custom title; translates a title of the service, which is English, to the reader's language. */
export function titleOf(notification: ModelSwitchNotification, strings: Strings): string {
  const ours = Object.values(ENGLISH.title);
  if (notification.title && !ours.includes(notification.title)) return notification.title;
  return strings.title[notification.type] ?? strings.title.manual;
}
