import BY_LANGUAGE from './channel.texts.json' with { type: 'json' };

/** Texts of messages to people who operate, in one language. Those about switches are in `SWITCH_TEXTS`. */
export type ChannelTexts = (typeof BY_LANGUAGE)['en'];

/** By the code of the language. */
export const CHANNEL_TEXTS: Readonly<Record<string, ChannelTexts>> = BY_LANGUAGE;
