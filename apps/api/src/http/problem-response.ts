import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendAnthropicError } from './anthropic-error.js';
import { sendAwsError } from './aws-error.js';
import { sendOpenAiError } from './openai-error.js';
import { type Problem, type ReportedProblem, toProblem, toProblemSource } from './problem-details.js';
import { type ClientWire, wireOf } from './wire-route.js';

const logger = new Logger('Http');
const TYPE = 'application/problem+json';
const ACTION_PATHS = new Set(['/orchestrate', '/functions/v1/orchestrate-bedrock-models']);
/** Refusals under load are logged together: a line with a stack for each costs more than the refusal. */
const OVERLOAD_LINE_MS = 1_000;
let refused = 0;
let loggedAt = Number.NEGATIVE_INFINITY;

/** Sends every error of a handler as a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, context: ArgumentsHost): void {
    const http = context.switchToHttp();
    sendProblem(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), error);
  }
}

const ON_WIRES = {
  bedrock: sendAwsError,
  openai: sendOpenAiError,
  anthropic: sendAnthropicError,
} satisfies Record<ClientWire, typeof sendAwsError>;

/**
 * Sends an error as a problem document, on the action paths with the fields that old clients read. On a wire it has the
 * form of that wire.
 */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const reported = reportedProblem(error, request.id);
  const { problem, retryAfter } = reported;
  const wire = wireOf(request);
  if (wire) {
    // Fastify closes the connection of a body that it refuses. A client that still sends would lose the answer with it.
    reply.removeHeader('connection');
    return ON_WIRES[wire](reply, error, reported);
  }
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  const body = { ...problem, ...legacyFields(request, problem.detail) };
  return reply.code(problem.status).type(TYPE).send(JSON.stringify(body));
}

/** Responds on a connection that Node refuses before there is a request: too slow, too large, or not HTTP. */
export function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const problem = problemOf(error, randomUUID());
  const body = JSON.stringify(problem);
  if (socket.writable)
    socket.write(
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\nconnection: close\r\n` +
        `content-type: ${TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  socket.destroySoon();
}

/** Returns the problem document of an error, and logs it if the service has failed. */
export const problemOf = (error: unknown, requestId: string): Problem =>
  reportedProblem(error, requestId).problem;

function reportedProblem(error: unknown, requestId: string): ReportedProblem {
  const source = toProblemSource(error);
  const problem = toProblem(source, requestId);
  if (problem.code === 'overloaded') countRefusal();
  // A client that left is no failure of the service.
  else if (problem.status >= 500 && problem.code !== 'cancelled') logFailure(problem, error);
  return { kind: source.kind, problem, retryAfter: source.retryAfter };
}

function legacyFields(request: FastifyRequest, sentence: string): object {
  if (!ACTION_PATHS.has(request.routeOptions?.url ?? '')) return {};
  const { action } = (request.body ?? {}) as { action?: unknown };
  return {
    success: false,
    ...(typeof action === 'string' && { action: action.slice(0, 64) }),
    error: sentence,
  };
}

/** Logs where a failure happened, but no message, since that of the database may quote a user. */
function logFailure({ code, requestId }: Problem, error: unknown): void {
  const cause = error instanceof Error ? error : new Error('not an error');
  const frames = cause.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? [];
  const sqlState = (cause as { code?: string }).code;
  logger.error({ requestId, code, name: cause.name, sqlState, frames });
}

function countRefusal(): void {
  refused += 1;
  const now = performance.now();
  if (now - loggedAt < OVERLOAD_LINE_MS) return;
  logger.warn({ code: 'overloaded', refused });
  [refused, loggedAt] = [0, now];
}
