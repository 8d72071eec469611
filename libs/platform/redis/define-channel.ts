import { z } from 'zod';

/** One kind of message between instances. Sender and listener import the same value. */
export interface ChannelDefinition<Message> {
  readonly name: string;
  /** Reads the text of a message and writes it. */
  readonly format: z.ZodType<Message, string>;
}

export const defineChannel = <Message>(channel: ChannelDefinition<Message>): ChannelDefinition<Message> =>
  channel;

/** The format of a value that is JSON in Redis. Fields that this release does not know are left out. */
export const jsonOf = <Value>(value: z.ZodType<Value>) =>
  z.codec(z.string(), value as z.ZodType<Value, Value>, {
    decode: (text, context) => {
      try {
        return JSON.parse(text);
      } catch {
        context.issues.push({ code: 'invalid_format', format: 'json', input: text });
        return z.NEVER;
      }
    },
    encode: (decoded) => JSON.stringify(decoded),
  });
