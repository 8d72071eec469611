import { join } from 'node:path';
import { buildRelease } from '../../test/upgrade/built-release.js';
import { type BenchEnvironment, BOOTSTRAP_KEY } from '../bench-environment.js';
import { throughput } from '../load/closed-loop.js';
import { type Switching, SwitchingClients } from '../load/switching-clients.js';
import { type Figure, interleave, type Measure, ratioOf } from '../measure.js';
import { switchingOn } from './switches.js';

/** The commit before the first of change control. */
const BEFORE = '9e2ddf3b';
const CLIENTS = [1, 16];

export const DIRECT_SWITCHES: Measure = {
  name: 'direct-switches',
  title: 'switches where no change is reviewed (no worker runs)',
  against: `the release before change control (${BEFORE}), on the same PostgreSQL`,
  async *run(ground) {
    const folder = join(ground.folder, 'before');
    await buildRelease(BEFORE, folder);
    const stages = [await ground.stage('direct'), await ground.stage('before', folder)];
    const [now, before] = await Promise.all(stages.map((stage) => switchingOn(stage)));
    yield* compare(
      'of conversations',
      (switching) => conversations(switching),
      { now: now!, before: before! },
      ground,
    );
    yield* compare(
      'of a use case',
      (switching) => useCase(switching),
      { now: now!, before: before! },
      ground,
    );
    for (const stage of stages) await stage.close();
  },
};

/** Returns switches per second of so many clients. */
type Load = (clients: number, seconds: number) => Promise<number>;

function conversations(switching: Switching): Load {
  const load = new SwitchingClients(switching);
  return (clients, seconds) => load.perSecond(clients, seconds);
}

function useCase({ url, models }: Switching): Load {
  let position = 0;
  const request = {
    url: `${url}/orchestrate`,
    headers: { authorization: `Bearer ${BOOTSTRAP_KEY}` },
    body: () => ({
      action: 'switch',
      useCase: 'platform',
      modelId: models[position++ % models.length],
      reason: 'bench',
    }),
  };
  return (clients, seconds) =>
    throughput(request, { clients, seconds, sleeps: true, expects: '"success":true' });
}

async function* compare(
  of: string,
  loadOn: (switching: Switching) => Load,
  { now, before }: { now: Switching; before: Switching },
  { turns, seconds }: BenchEnvironment,
): AsyncIterable<Figure> {
  const [ours, theirs] = [loadOn(now), loadOn(before)];
  for (const clients of CLIENTS) {
    const compared = await interleave(
      turns,
      () => ours(clients, seconds),
      () => theirs(clients, seconds),
    );
    const what = `switches ${of} per second, ${clients} client${clients === 1 ? '' : 's'}`;
    yield { what, ...ratioOf(compared), atLeast: 0.97 };
  }
}
