// The child process of redis.ts. Plain JavaScript, because tests fork it from the sources and npm start from dist.
import { Server } from 'node:net';
import { createRedisServer } from 'js-redis-server';

// js-redis-server passes no host, which binds every interface of the machine.
const listen = Server.prototype.listen;
Server.prototype.listen = function listenOnLoopback(port, ...rest) {
  return listen.call(this, port, '127.0.0.1', ...rest);
};

process.on('disconnect', () => process.exit(0));

const server = await createRedisServer({ port: Number(process.argv[2]) });
process.send({ port: server.port });
