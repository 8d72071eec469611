import { Agent, createServer, type IncomingMessage, request as open, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * What it costs to take a body and to send it on, and nothing else: no key, no signature, no look at what is in it.
 * Usage: bare-upload.js <url of Bedrock>
 */
const upstream = process.argv[2]!;
const agent = new Agent({ keepAlive: true });
// The upstream wants one, whatever it says.
const authorization = 'AWS4-HMAC-SHA256 Credential=bench';

async function sendOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request);
  const headers = { authorization, 'content-type': 'application/json', 'content-length': body.length };
  const call = open(`${upstream}${request.url}`, { agent, method: 'POST', headers }, (answer) => {
    response.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(response);
  });
  call.once('error', () => response.destroy()).end(body);
}

const server = createServer((request, response) => void sendOn(request, response));
server.listen(0, '127.0.0.1', () =>
  process.send!({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
);
process.on('disconnect', () => process.exit(0));
