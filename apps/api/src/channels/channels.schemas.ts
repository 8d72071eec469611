import { z } from 'zod';
import { CHANNEL_KINDS, type Channel, TLS_MODES } from '#libs/notifications/channels/channel.js';
import { LANGUAGES } from '#libs/notifications/channels/channel-texts.js';
import { URGENCIES } from '#libs/notifications/channels/urgency.js';
import { type Delivery, FAILURE_CAUSES } from '#libs/notifications/delivery/delivery.js';
import { NOTIFICATION_KINDS } from '#libs/notifications/notification.js';
import { Id } from '../http/string.schemas.js';
import { deliveryState, resumption, toResult, toTimes } from '../notifications/receivers.schemas.js';

const Name = Id.max(60).meta({ description: 'Name of the channel; no other channel has it' });
const kinds = z
  .array(z.enum(NOTIFICATION_KINDS))
  .min(1)
  .max(NOTIFICATION_KINDS.length)
  .nullable()
  .meta({ description: 'Kinds of notifications; null: all' });
const useCases = z
  .array(Id)
  .min(1)
  .max(50)
  .nullable()
  .meta({ description: 'Notifications of these use cases only; null: all, also those without a use case' });
const leastUrgency = z.enum(URGENCIES).meta({
  description: 'info: all, those of info by the digest of an hour; warn; page: the most urgent only',
});
const language = z.enum(LANGUAGES).meta({ description: 'Language of the messages' });
const includeReasons = z.boolean().meta({
  description: 'true: messages contain the reasons that callers gave for switches, which may be about people',
});

const Slack = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'must be the URL of an incoming webhook' })
    .max(500)
    .refine((url) => !/^\w+:\/\/[^/?#]*@/.test(url), 'must not contain a user or a password')
    .meta({ description: 'URL of an incoming webhook of Slack: a secret, which no response contains' }),
});

const Host = z
  .string()
  .max(253)
  .regex(/^(?!-)[a-z\d.-]+(?<!-)$|^[\da-f:]*:[\da-f:.]*$/i, 'must be a host name or an IP address');
/** With or without a name: `Operations <ops@example.com>`. */
const Sender = z
  .string()
  .max(320)
  .regex(
    /^([^<>",;:@\p{Cc}]{1,60} <[^<>\s@,;]+@[^<>\s@,;]+>|[^<>\s@,;]+@[^<>\s@,;]+)$/u,
    'must be an address, or Name <address>',
  );
const Email = z.strictObject({
  host: Host.meta({ description: 'Name of the SMTP server, e.g. email-smtp.eu-central-1.amazonaws.com' }),
  port: z.number().int().min(1).max(65_535).default(587),
  tls: z.enum(TLS_MODES).default('starttls').meta({
    description:
      'implicit: from the first byte (port 465); starttls: before the login; none: this machine only',
  }),
  user: Id.nullable().default(null).meta({ description: 'null: the server asks for no login' }),
  password: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .meta({ description: 'Secret, which no response contains; absent in an edit: unchanged' }),
  from: Sender,
  to: z.array(z.email().max(254)).min(1).max(20),
});

const isOne = ({ slack, email }: { slack?: unknown; email?: unknown }) =>
  (slack === undefined) !== (email === undefined);

export const CreateChannel = z
  .strictObject({
    name: Name,
    slack: Slack.optional(),
    email: Email.optional(),
    kinds: kinds.default(null),
    useCases: useCases.default(null),
    leastUrgency: leastUrgency.default('info'),
    language: language.default('en'),
    includeReasons: includeReasons.default(false),
  })
  .refine(isOne, { path: ['slack'], error: 'give either slack or email' })
  .meta({ id: 'CreateChannel' });
export type CreateChannel = z.infer<typeof CreateChannel>;

export const EditChannel = z
  .strictObject({
    name: Name,
    slack: Slack,
    email: Email,
    kinds,
    useCases,
    leastUrgency,
    language,
    includeReasons,
  })
  .partial()
  .refine((edit) => edit.slack === undefined || edit.email === undefined, {
    path: ['slack'],
    error: 'give either slack or email',
  })
  .meta({ id: 'EditChannel' });
export type EditChannel = z.infer<typeof EditChannel>;

export const ResumeChannel = z.strictObject(resumption).meta({ id: 'ResumeChannel' });
export type ResumeChannel = z.infer<typeof ResumeChannel>;

export const ChannelView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: z.enum(CHANNEL_KINDS),
    slack: z.object({ host: z.string() }).nullable(),
    email: z
      .object({
        host: z.string(),
        port: z.number().int(),
        tls: z.enum(TLS_MODES),
        user: z.string().nullable(),
        from: z.string(),
        to: z.array(z.string()),
      })
      .nullable(),
    kinds,
    useCases,
    leastUrgency,
    language: z.string(),
    includeReasons,
    status: z.enum(['active', 'failing', 'disabled']).meta({
      description: 'disabled: at least 10 attempts failed over more than 3 days',
    }),
    position: z.number().int().meta({
      description: '`seq` up to which all notifications are delivered, or wait for the digest',
    }),
    digestDueAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'Time of the next digest; null: nothing waits for it' }),
    ...deliveryState,
  })
  .meta({ id: 'Channel' });
export const ChannelPage = z
  .object({ items: z.array(ChannelView), nextCursor: z.null() })
  .meta({ id: 'ChannelPage' });

export const ChannelDeliveryView = z
  .object({
    delivered: z.boolean(),
    status: z.number().int().nullable().meta({ description: 'Status of HTTP or SMTP; null: no response' }),
    cause: z.enum(FAILURE_CAUSES).nullable().meta({ description: 'What is wrong; null: nothing' }),
    error: z.string().nullable(),
  })
  .meta({ id: 'ChannelDelivery' });

export const toChannelView = ({ target, ...channel }: Channel) => ({
  ...channel,
  slack: channel.kind === 'slack' ? target : null,
  email: channel.kind === 'email' ? target : null,
  digestDueAt: channel.digestDueAt?.toISOString() ?? null,
  ...toTimes(channel),
});

export const toChannelDeliveryView = (delivery: Delivery) => ({
  ...toResult(delivery),
  cause: delivery.delivered ? null : delivery.cause,
});
