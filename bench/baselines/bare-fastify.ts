import { fastify } from 'fastify';

/**
 * What a route costs that does nothing: it returns a constant, here the answer that is given as the argument. No
 * authentication, no validation, no metrics, no log.
 */
const answer = JSON.parse(process.argv[2]!);
const app = fastify();
app.get('/', async () => answer);
const url = await app.listen({ port: 0, host: '127.0.0.1' });
process.send!({ url });
process.on('disconnect', () => process.exit(0));
