import { fastify } from 'fastify';

/**
 * What a route costs that does nothing: a constant of the size that is asked for, as Fastify sends it. No authentication,
 * no validation, no metrics, no log. Usage: bare-fastify.js <file with the answer>, answers with its port.
 */
const [, , answer] = process.argv;
const app = fastify();
app.get('/', (_request, reply) => {
  reply.type('application/json; charset=utf-8').send(answer);
});
const url = await app.listen({ port: 0, host: '127.0.0.1' });
process.send!({ url });
process.on('disconnect', () => process.exit(0));
