import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { jwtVerify } from 'jose';
import { escapeIdentifier } from 'pg';
import type { Claims, SupabaseDatabase } from './supabase-database.js';
import { JWT_SECRET } from './test-env.js';

const ROLES = new Set(['anon', 'authenticated', 'service_role']);
const FORBIDDEN = '42501';

interface Statement {
  /** True: of a function, whose result is the response. */
  isCall?: true;
  sql: string;
  values: unknown[];
}

/** As much of PostgREST as the tests need: functions and tables of the schema public, filters with `eq`. */
export const restOf =
  (database: SupabaseDatabase) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const claims = await claimsOf(request);
    if (!claims) return send(response, 401, { code: 'PGRST301', message: 'The token is not valid' });
    const statement = statementOf(request, await text(request));
    try {
      const { rows } = await database.as(claims, statement.sql, statement.values);
      send(response, 200, statement.isCall ? rows[0]!.result : rows);
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      send(response, code === FORBIDDEN ? 403 : 400, { code, message, details: null, hint: null });
    }
  };

function statementOf({ url = '', method = '' }: IncomingMessage, body: string): Statement {
  const { pathname, searchParams: filters } = new URL(url, 'http://rest');
  const content = body === '' ? {} : JSON.parse(body);
  const [, rpc, name = ''] = /^\/rest\/v1\/(rpc\/)?(\w+)$/.exec(pathname) ?? [];
  return rpc ? callOf(name, content) : changeOf(method, name, { content, filters });
}

/** @returns undefined: the token is not valid; without one, the caller is `anon` */
async function claimsOf({ headers }: IncomingMessage): Promise<Claims | undefined> {
  const token = headers.authorization?.replace(/^Bearer /, '');
  if (!token) return { role: 'anon' };
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(JWT_SECRET));
    return ROLES.has(String(payload.role)) ? (payload as unknown as Claims) : undefined;
  } catch {
    return undefined;
  }
}

/** Calls a function with named parameters; PostgreSQL derives their types from it. */
function callOf(name: string, parameters: Record<string, unknown>): Statement {
  const names = Object.keys(parameters);
  const named = names.map((parameter, index) => `${escapeIdentifier(parameter)} => $${index + 1}`);
  const values = Object.values(parameters).map((value) =>
    typeof value === 'object' && !Array.isArray(value) ? JSON.stringify(value) : value,
  );
  const call = `public.${escapeIdentifier(name)}(${named.join(', ')})`;
  return {
    isCall: true,
    sql: `SELECT CASE WHEN (SELECT proretset FROM pg_proc WHERE proname = '${name}')
      THEN (SELECT coalesce(jsonb_agg(to_jsonb(each)), '[]') FROM ${call} each)
      ELSE (SELECT to_jsonb(each) FROM ${call} each) END AS result`,
    values,
  };
}

interface Change {
  content: Record<string, unknown>;
  filters: URLSearchParams;
}

function changeOf(method: string, table: string, { content, filters }: Change): Statement {
  const values: unknown[] = [];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const columns = Object.entries(content).map(
    ([name, value]) => [escapeIdentifier(name), parameter(value)] as const,
  );
  const conditions = [...filters]
    .filter(([, value]) => value.startsWith('eq.'))
    .map(([name, value]) => `${escapeIdentifier(name)}::text = ${parameter(value.slice(3))}`);
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const target = `public.${escapeIdentifier(table)}`;
  const statements: Record<string, string> = {
    GET: `SELECT * FROM ${target} ${where}`,
    POST: `INSERT INTO ${target} (${columns.map(([name]) => name)}) VALUES (${columns.map(([, value]) => value)})`,
    PATCH: `UPDATE ${target} SET ${columns.map(([name, value]) => `${name} = ${value}`)} ${where} RETURNING *`,
    DELETE: `DELETE FROM ${target} ${where} RETURNING *`,
  };
  return { sql: statements[method] ?? 'SELECT', values };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
