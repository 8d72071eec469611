import type { Schemas } from '@orchestrator/client/client.js';

export type Channel = Schemas['Channel'];
type NewChannel = Schemas['CreateChannel'];

type Language = NonNullable<NewChannel['language']>;
type Email = NonNullable<Channel['email']>;

/** Values of the fields. The secrets of a channel are not readable: their fields begin empty. */
export interface ChannelValues {
  kind: Channel['kind'];
  name: string;
  url: string;
  host: string;
  port: number;
  user: string;
  password: string;
  from: string;
  to: string[];
  /** None: all. */
  kinds: NonNullable<Channel['kinds']>;
  useCases: string[];
  leastUrgency: Channel['leastUrgency'];
  language: Language;
  includeReasons: boolean;
}

const NEW: ChannelValues = {
  kind: 'slack',
  name: '',
  url: '',
  host: '',
  port: 587,
  user: '',
  password: '',
  from: '',
  to: [],
  kinds: [],
  useCases: [],
  leastUrgency: 'warn',
  language: 'en',
  includeReasons: false,
};

/** @param of null: a new channel */
export function valuesOf(of: Channel | null): ChannelValues {
  if (!of) return NEW;
  const { kind, name, email, kinds, useCases, leastUrgency, language, includeReasons } = of;
  return {
    ...NEW,
    ...(email && { host: email.host, port: email.port, user: email.user ?? '' }),
    ...(email && { from: email.from, to: email.to }),
    ...{ kind, name, leastUrgency, includeReasons },
    language: language as Language,
    kinds: kinds ?? [],
    useCases: useCases ?? [],
  };
}

/** Checks fields before they are sent. @param isNew false: an empty secret stays as it is */
export const checks = (isNew: boolean) => ({
  name: (name: string) => (name.trim() ? null : 'Enter a name'),
  url: (url: string, { kind }: ChannelValues) =>
    kind === 'email' || (!isNew && url === '') || URL.canParse(url) ? null : 'Enter the URL of the webhook',
  host: (host: string, { kind }: ChannelValues) =>
    kind === 'slack' || host ? null : 'Enter the name of the SMTP server',
  from: (from: string, { kind }: ChannelValues) =>
    kind === 'slack' || from.includes('@') ? null : 'Enter an address',
  to: (to: string[], { kind }: ChannelValues) =>
    kind === 'slack' || to.length > 0 ? null : 'Enter at least one address',
});

export function newChannelOf(values: ChannelValues): NewChannel {
  return {
    ...settingsOf(values),
    ...(values.kind === 'slack' ? { slack: { url: values.url } } : { email: emailOf(values, null) }),
  };
}

/** @param of channel before the edit */
export function editOf(values: ChannelValues, of: Channel): Schemas['EditChannel'] {
  if (values.kind === 'email') return { ...settingsOf(values), email: emailOf(values, of.email) };
  return { ...settingsOf(values), ...(values.url !== '' && { slack: { url: values.url } }) };
}

const settingsOf = ({ name, kinds, useCases, leastUrgency, language, includeReasons }: ChannelValues) => ({
  name: name.trim(),
  kinds: kinds.length > 0 ? kinds : null,
  useCases: useCases.length > 0 ? useCases : null,
  leastUrgency,
  language,
  includeReasons,
});

/** Ports of servers that begin with TLS. */
const TLS_PORTS = [465, 2465];

/** @param former server before an edit, whose way of TLS stays for the same host and port */
function emailOf(
  { host, port, user, password, from, to }: ChannelValues,
  former: Email | null,
): NonNullable<Schemas['CreateChannel']['email']> {
  const isSameServer = former?.host === host && former.port === port;
  const login = user === '' ? { user: null } : { user, ...(password !== '' && { password }) };
  const tls = isSameServer ? former.tls : TLS_PORTS.includes(port) ? 'implicit' : 'starttls';
  return { host, port, tls, ...login, from, to };
}
