import { forked } from '../child-process.js';
import { cpuTimeOf } from '../cpu-pinning.js';
import { type Request, throughput } from '../load/closed-loop.js';
import { type Figure, interleave, type Measure, median } from '../measure.js';

const IMAGE_BYTES = 1_000_000;
const CLIENTS = 4;
const PATH = '/model/clinical/converse';
/** Microseconds of CPU: most of it is the hash that the signature needs. */
const MAX_EXTRA = 1_000;

const TEXT = { text: 'What does this show?' };
const IMAGE = {
  image: { format: 'png', source: { bytes: Buffer.alloc(IMAGE_BYTES, 'image').toString('base64') } },
};
const asking = (...content: object[]) => ({ messages: [{ role: 'user', content }] });

export const LARGE_BODIES: Measure = {
  name: 'large-bodies',
  title: 'Converse over the wire with an image of 1 MB',
  against: 'a program that takes the same body and sends it on, over the same upstream',
  async *run(ground) {
    const stage = await ground.stage('large_bodies');
    const upstream = await forked<{ url: string }>('fake-upstream', { role: 'everythingElse' });
    const api = await stage.startApi({ AWS_ENDPOINT_URL_BEDROCK_RUNTIME: upstream.url });
    const bare = await forked<{ url: string }>('baselines/bare-upload', {
      role: 'measured',
      args: [upstream.url],
    });
    const headers = { authorization: `Bearer ${await stage.key(api, 'switch')}` };
    const ours = { pid: api.pid, request: { url: `${api.url}/bedrock${PATH}`, headers } };
    const theirs = { pid: bare.pid!, request: { url: `${bare.url}${PATH}` } };
    const turns = await interleave(
      ground.turns,
      () => costOfImage(ours, ground.seconds),
      () => costOfImage(theirs, ground.seconds),
    );
    yield extraOf(turns);
    bare.disconnect();
    upstream.disconnect();
    await stage.close();
  },
};

function extraOf(turns: { ours: number; theirs: number }[]): Figure {
  const extra = turns.map(({ ours, theirs }) => ours - theirs);
  return {
    what: 'CPU per call for an image of 1 MB, less that of its upload',
    value: median(extra),
    unit: 'µs of CPU',
    from: {
      ours: median(turns.map(({ ours }) => ours)),
      upload: median(turns.map(({ theirs }) => theirs)),
      least: Math.min(...extra),
      most: Math.max(...extra),
      turns: turns.length,
    },
    atMost: MAX_EXTRA,
  };
}

interface Side {
  pid: number;
  request: Request;
}

/** Microseconds of CPU that a call takes longer with an image. */
async function costOfImage(side: Side, seconds: number): Promise<number> {
  return (await costOf(side, asking(TEXT, IMAGE), seconds)) - (await costOf(side, asking(TEXT), seconds));
}

async function costOf({ pid, request }: Side, body: object, seconds: number): Promise<number> {
  const before = cpuTimeOf(pid);
  const perSecond = await throughput({ ...request, body }, { clients: CLIENTS, seconds, sleeps: true });
  return ((cpuTimeOf(pid) - before) * 1000) / (perSecond * seconds);
}
