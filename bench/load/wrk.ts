import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Request {
  url: string;
  headers?: Record<string, string>;
  body?: object;
}

interface Closed extends Request {
  clients: number;
  seconds: number;
}

/** Requests per second of clients who each wait for their answer. @throws unless every answer is a 2xx */
export async function throughput(
  { url, headers = {}, body, clients, seconds }: Closed,
  folder: string,
): Promise<number> {
  const args = ['-t1', `-c${clients}`, `-d${seconds}s`, '--timeout', '10s'];
  for (const [name, value] of Object.entries(headers)) args.push('-H', `${name}: ${value}`);
  if (body) args.push('-s', scriptFor(body, folder));
  const { stdout } = await promisify(execFile)('wrk', [...args, url]);
  const failed = /Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)/.exec(stdout);
  if (failed) throw new Error(`wrk ${url}: ${failed[0]}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)![1]);
}

function scriptFor(body: object, folder: string): string {
  const file = join(folder, 'wrk.lua');
  const text = JSON.stringify(body);
  writeFileSync(
    file,
    `wrk.method = 'POST'\nwrk.headers['content-type'] = 'application/json'\nwrk.body = [==[${text}]==]\n`,
  );
  return file;
}
