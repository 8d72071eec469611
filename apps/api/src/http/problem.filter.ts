import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toProblem, toProblemSource } from './problem-details.js';
import { reportProblem } from './problem-report.js';

const ACTION_PATHS = new Set(['/orchestrate', '/functions/v1/orchestrate-bedrock-models']);

/** Answers every error as application/problem+json; on the action paths with the fields that old clients read. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, context: ArgumentsHost): void {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const failure = toProblemSource(error);
    const problem = toProblem(failure, request.id);
    reportProblem(problem, error);
    if (failure.retryAfter !== undefined) reply.header('retry-after', String(failure.retryAfter));
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
    reply
      .code(problem.status)
      .type('application/problem+json')
      .send({ ...problem, ...legacyFields(request, problem.detail) });
  }
}

function legacyFields(request: FastifyRequest, sentence: string): object {
  if (!ACTION_PATHS.has(request.routeOptions.url ?? '')) return {};
  const { action } = (request.body ?? {}) as { action?: unknown };
  return {
    success: false,
    ...(typeof action === 'string' && { action: action.slice(0, 64) }),
    error: sentence,
  };
}
