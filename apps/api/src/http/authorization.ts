import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { PersonRequiredError, ReadOnlyKeyError } from '#libs/platform/auth/auth.errors.js';
import { hasScope, type Principal, type Scope } from '#libs/platform/auth/principal.js';
import { ForbiddenError } from '#libs/platform/errors/errors.js';

/**
 * Required access of a route. It is in Fastify's route config, so that routes outside Nest declare it in the same way.
 */
export type Access =
  | { kind: 'public' }
  | { kind: 'scopes'; scopes: Scope[]; users: boolean; people?: true; isReading?: true }
  | { kind: 'person'; scope: Scope }
  | { kind: 'decided_later'; by: 'action' | 'owner' };

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
}

export const PUBLIC: Access = { kind: 'public' };
export const scopes = (...of: Scope[]): Access => ({ kind: 'scopes', scopes: of, users: false });
const CATALOGUE_READERS: Access = { kind: 'scopes', scopes: ['read', 'operate'], users: true };

const declare = (access: Access) => RouteConfig({ access });

/** Needs no token. */
export const Public = () => declare(PUBLIC);
/** Needs a service key with one of these scopes. */
export const RequireScope = (...of: Scope[]) => declare(scopes(...of));
/** Needs any person, or a service key with one of these scopes. */
export const RequirePersonOrScope = (...of: Scope[]) => declare({ ...scopes(...of), people: true } as Access);
/** The same for a POST that changes nothing. */
export const RequireScopeToRead = (...of: Scope[]) =>
  declare({ kind: 'scopes', scopes: of, users: false, isReading: true });
/** Needs a person with this scope: a key is refused, whatever its scopes. */
export const RequirePerson = (scope: Scope) => declare({ kind: 'person', scope });
/** The catalogue is open to every user, and to keys that may read or operate. */
export const RequireCatalogueReader = () => declare(CATALOGUE_READERS);
/** The action in the body decides: `OrchestrateActions` checks it. */
export const RightsByAction = () => declare({ kind: 'decided_later', by: 'action' });
/** Declares that the owner of the resource decides: the service checks it. */
export const RightsByOwner = () => declare({ kind: 'decided_later', by: 'owner' });

/** @throws ForbiddenError unless the principal may call a route with this access */
export function assertAccess(principal: Principal, access: Access | undefined): void {
  if (!access) throw new ForbiddenError('This route has no declared access, so no caller may use it');
  if (access.kind === 'person') requirePerson(principal, access.scope);
  if (access.kind !== 'scopes') return;
  if (access.users && principal.kind === 'user') return;
  if (access.people && principal.kind === 'person') return;
  requireScope(principal, ...access.scopes);
}

const READING_METHODS = new Set(['GET', 'HEAD']);

/** An action is checked where it is known. @throws ReadOnlyKeyError for a request that may change something */
export function assertMayWrite(principal: Principal, method: string, access: Access | undefined): void {
  if (!isReadOnly(principal) || READING_METHODS.has(method)) return;
  const isReading = access?.kind === 'scopes' && access.isReading === true;
  const isLater = access?.kind === 'decided_later' && access.by === 'action';
  if (!isReading && !isLater) throw new ReadOnlyKeyError();
}

export const isReadOnly = (principal: Principal): boolean =>
  principal.kind === 'service' && principal.isReadOnly === true;

/** @throws ForbiddenError unless the principal has one of these scopes */
export function requireScope(principal: Principal, ...of: Scope[]): void {
  if (!of.some((scope) => hasScope(principal, scope)))
    throw new ForbiddenError(`This needs a service key with the scope ${of.join(' or ')}`);
}

/** @throws PersonRequiredError, ForbiddenError */
function requirePerson(principal: Principal, scope: Scope): void {
  if (principal.kind !== 'person') throw new PersonRequiredError();
  if (!hasScope(principal, scope)) throw new ForbiddenError(`This needs a person with the scope ${scope}`);
}

/** @throws ForbiddenError */
export const requireCatalogueReader = (principal: Principal): void =>
  assertAccess(principal, CATALOGUE_READERS);

/** Makes every route of a scope public: static files, and pages that hold nothing. */
export function declarePublic(scope: FastifyInstance): void {
  scope.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: PUBLIC };
  });
}

/** Routes of Swagger and of CORS, which are added without a config. */
const isOfLibrary = ({ method, url }: RouteOptions): boolean =>
  /^\/docs(-json|-yaml)?(\/|$)/.test(url) || (method === 'OPTIONS' && url === '*');

/** Refuses to start with a route that does not declare its access. */
export function requireDeclaredAccess(fastify: FastifyInstance): void {
  const routes: RouteOptions[] = [];
  fastify.addHook('onRoute', (route) => {
    if (!isOfLibrary(route)) routes.push(route);
  });
  fastify.addHook('onReady', async () => {
    const open = routes.filter(({ config }) => !config?.access).map(({ method, url }) => `${method} ${url}`);
    if (open.length > 0)
      throw new Error(
        `${open.join(', ')}: declare the access with a decorator of http/authorization.ts, or in the route config`,
      );
  });
}
