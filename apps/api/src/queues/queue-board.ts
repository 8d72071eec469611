import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ALL_JOBS } from '#libs/operations/job-registry.js';
import { QueueInspector } from '#libs/platform/queue/queue-inspector.js';
import type { AuthGuard } from '../http/auth.guard.js';
import { scopes } from '../http/authorization.js';
import { sendProblem } from '../http/problem-response.js';

const PATH = '/queues';

/** Bull Board: what is in the queues, to be looked at by operators. Nothing can be changed there; a job holds an id at most. */
export async function serveQueueBoard(
  fastify: FastifyInstance,
  guard: AuthGuard,
  inspector: QueueInspector,
): Promise<void> {
  let board: Promise<FastifyInstance> | undefined;
  const show = async (request: FastifyRequest, reply: FastifyReply) => {
    board ??= openBoard(inspector);
    const shown = await (await board).inject({ url: request.url, headers: request.headers });
    return reply.code(shown.statusCode).headers(shown.headers).send(shown.rawPayload);
  };
  await fastify.register((scope, _options, done) => {
    scope.addHook('onRequest', (request, reply) => admit(guard, request, reply));
    // The page names the location of its files in <base>.
    scope.addHook('onSend', async (_, reply) => {
      const policy = String(reply.getHeader('content-security-policy'));
      reply.header('content-security-policy', policy.replace("base-uri 'none'", "base-uri 'self'"));
    });
    const config = { access: scopes('operate') };
    scope.get(PATH, { config }, show);
    scope.get(`${PATH}/*`, { config }, show);
    done();
  });
}

/** Loads the board on its first use: most processes never need it, and loading takes a twentieth of their start. */
async function openBoard(inspector: QueueInspector): Promise<FastifyInstance> {
  const [{ createBullBoard }, { BullMQAdapter }, { FastifyAdapter }] = await Promise.all([
    import('@bull-board/api'),
    import('@bull-board/api/bullMQAdapter'),
    import('@bull-board/fastify'),
  ]);
  const board = new FastifyAdapter();
  board.setBasePath(PATH);
  createBullBoard({
    queues: ALL_JOBS.map(({ name }) => new BullMQAdapter(inspector.of(name), { readOnlyMode: true })),
    serverAdapter: board,
    options: { uiConfig: { boardTitle: 'Queues', hideRedisDetails: true } },
  });
  const fastify = Fastify();
  await fastify.register(board.registerPlugin(), { prefix: PATH });
  return fastify;
}

/** Runs the guard for the pages, which are Fastify's and not Nest's. */
async function admit(guard: AuthGuard, request: FastifyRequest, reply: FastifyReply) {
  try {
    await guard.admit(request);
  } catch (error) {
    return sendProblem(request, reply, error);
  }
}
