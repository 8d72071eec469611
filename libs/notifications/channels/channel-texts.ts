import { CHANNEL_TEXTS, type ChannelTexts } from '#libs/switch-texts/channel-texts.js';
import { ENGLISH, fillIn, SWITCH_TEXTS, type SwitchTexts } from '#libs/switch-texts/switch-texts.js';
import { CHANGE_EVENTS, type Notification, type NotifiedChange } from '../notification.js';
import { type ChangeTopic, type Topic, topicOf, type Urgency } from './urgency.js';

/** Languages in which messages are written. */
export const LANGUAGES = Object.keys(CHANNEL_TEXTS).filter((language) => language in SWITCH_TEXTS);

interface Texts {
  channel: ChannelTexts;
  switches: SwitchTexts;
}

export const textsOf = (language: string): Texts => ({
  channel: CHANNEL_TEXTS[language] ?? CHANNEL_TEXTS.en!,
  switches: SWITCH_TEXTS[language] ?? ENGLISH,
});

/** Kinds whose reason is our own text. All other reasons are text of callers, and may be about people. */
const OWN_REASONS: readonly string[] = ['validation', 'alert'];

/** Returns one sentence about a notification, without its reason. */
export function titleOf(notification: Notification, texts: Texts): string {
  return TITLES[topicOf(notification)](notification, texts);
}

/** Returns the lines below the title: use case, and the reason where it may be shown. */
export function linesOf(notification: Notification, texts: Texts, includeReasons: boolean): string[] {
  const { kind, useCase, reason, details } = notification;
  const mayShowReason = includeReasons || OWN_REASONS.includes(kind);
  return [
    ...(useCase && !details.change ? [fillIn(texts.channel.useCase, { useCase })] : []),
    ...(reason && mayShowReason ? [fillIn(texts.switches.reason, { reason })] : []),
  ];
}

export const subjectOf = (urgency: Urgency, title: string, { channel }: Texts): string =>
  `[${channel.urgency[urgency]}] ${title}`;

type Title = (notification: Notification, texts: Texts) => string;

const switched: Title = ({ title, modelName, details: { direction, from, to } }, { switches }) =>
  direction ? fillIn(switches.switched[direction], { from: from ?? '', to: to ?? modelName }) : title;

const lifecycle: Title = ({ title, modelName, details: { milestone, dueAt, days } }, { channel }) =>
  milestone
    ? fillIn(channel.lifecycle[milestone], {
        model: modelName,
        date: (dueAt ?? '').slice(0, 10),
        days: String(days),
      })
    : title;

const budget: Title = ({ title, details }, { channel }) =>
  details.budget
    ? fillIn(channel.alert.budget, {
        limit: details.budget.limitUsd,
        spent: details.budget.spentUsd,
        date: details.budget.from,
        threshold: String(details.budget.threshold),
      })
    : title;

/** Returns one sentence about a change request or a freeze, with its use cases. */
export function changeSentence({ event, useCases, from, dueAt }: NotifiedChange, { channel }: Texts): string {
  return fillIn(channel.change[event], {
    useCases: useCases.length > 0 ? useCases.join(', ') : channel.change.none,
    from: minuteOf(from),
    date: minuteOf(dueAt),
  });
}

const minuteOf = (time: string | null | undefined): string =>
  time ? `${time.slice(0, 16).replace('T', ' ')} UTC` : '–';

const changed: Title = ({ title, details: { change } }, texts) =>
  change ? changeSentence(change, texts) : title;
const CHANGE_TITLES = Object.fromEntries(
  CHANGE_EVENTS.map((event) => [`change.${event}`, changed]),
) as Record<ChangeTopic, Title>;

const TITLES: Record<Topic, Title> = {
  'switch.manual': switched,
  'switch.auto': switched,
  'lifecycle.distant': lifecycle,
  'lifecycle.near': lifecycle,
  'validation.failed': ({ modelName }, { channel }) =>
    fillIn(channel.validation.failed, { model: modelName }),
  'validation.passed': ({ modelName }, { channel }) =>
    fillIn(channel.validation.passed, { model: modelName }),
  'alert.model': ({ modelName, useCase }, { channel }) =>
    fillIn(channel.alert.model, { model: modelName, useCase: useCase ?? '–' }),
  'alert.budget': budget,
  'alert.budget_spent': budget,
  'alert.delivery': (_, { channel }) => channel.alert.delivery,
  ...CHANGE_TITLES,
  other: ({ title }) => title,
};
