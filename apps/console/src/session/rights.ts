import { type Scope, type Session, useSession } from './use-session.js';

/** Rights that open a page or an operation of the api: one of the scopes, or users, where the rows are their own. */
export interface Access {
  scopes: readonly Scope[];
  users: boolean;
  /** Scopes of a person, where what it opens belongs to keys. Default: those of a key. */
  people?: readonly Scope[];
}

const ANY_PERSON = [
  'read',
  'switch',
  'act-as',
  'operate',
  'audit',
  'admin',
  'approve',
  'break-glass',
] as const;

/** As the api decides it; each page of the menu names one. */
export const RIGHTS = {
  catalogue: { scopes: ['read', 'operate'], users: true },
  /** Shows windows and freezes only to a person who may not read the catalogue. */
  lifecycle: { scopes: ['read', 'operate'], people: ANY_PERSON, users: true },
  activity: { scopes: ['read', 'operate', 'audit'], users: true },
  conversations: { scopes: ['read', 'audit', 'switch'], users: true },
  search: { scopes: ['read', 'audit'], users: false },
  calls: { scopes: ['read', 'audit'], users: true },
  notifications: { scopes: ['read', 'operate'], users: true },
  changeRequests: {
    scopes: ['read', 'operate', 'audit'],
    people: ANY_PERSON,
    users: false,
  },
  changes: { scopes: ['audit', 'operate'], users: false },
  switches: { scopes: ['audit'], users: true },
  figures: { scopes: ['read'], users: false },
  operate: { scopes: ['operate'], users: false },
  settings: { scopes: ['read', 'operate', 'audit', 'act-as', 'admin'], users: false },
  webhooks: { scopes: ['act-as', 'operate', 'read', 'admin'], people: ['admin'], users: false },
  administration: { scopes: ['admin'], users: false },
} as const satisfies Record<string, Access>;

export function isAllowed({ kind, scopes }: Session, access: Access): boolean {
  if (kind === 'user') return access.users;
  const needed = kind === 'person' ? (access.people ?? access.scopes) : access.scopes;
  return needed.some((scope) => scopes.includes(scope));
}

/** False also until the session is read. */
export function useAllowed(access: Access): boolean {
  const { data } = useSession();
  return data ? isAllowed(data, access) : false;
}

/** One sentence: which key opens it. */
export const neededFor = ({ scopes }: Access): string =>
  `It needs a service key with the scope ${scopes.join(' or ')}.`;
