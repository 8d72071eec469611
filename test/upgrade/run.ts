import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkout } from '../../scripts/embedded/checkout.js';
import { CleanUp } from '../faults/runner/clean-up.js';
import { PostgresServer } from '../faults/runner/postgres-server.js';
import { Stage } from '../faults/runner/stage.js';
import { descendantsOf, signalAll } from '../support/processes.js';
import { redisServerInstalled } from '../support/redis-under-test.js';
import { buildRelease } from './built-release.js';
import { phaseTable } from './phase-log.js';
import { type PreviousRelease, previousRelease } from './previous-release.js';
import { OLD, RollingUpgrade, type UpgradeResult } from './rolling-upgrade.js';

const USAGE = `usage: npm run test:upgrade -- [--from <commit>] [--switches <count>]
  Builds an earlier release, runs it under load, migrates its database with this checkout, runs both releases side by
  side, then this one alone, then rolls back to the earlier one. Checks in SQL that no acknowledged switch is lost or
  doubled, and verifies the audit chain. Prints a table; exit code 1 when a promise does not hold.
  --from <commit>     the earlier release; default: the commit before the first migration that is new since the base of
                      this branch on origin/main, else since the last tag
  --switches <count>  acknowledged in each phase, at least; default: 500
  --help              prints this`;

interface Plan {
  from?: string;
  switches: number;
}

const cleanUp = new CleanUp();

/** @throws Error that names the wrong argument */
function readPlan(): Plan | 'help' {
  const options = {
    from: { type: 'string' },
    switches: { type: 'string', default: '500' },
    help: { type: 'boolean' },
  } as const;
  const { from, switches, help } = parseArgs({ options }).values;
  if (!/^[1-9]\d*$/.test(switches)) throw new Error(`--switches is a positive number, not "${switches}".`);
  return help ? 'help' : { from, switches: Number(switches) };
}

async function upgradeFrom(release: PreviousRelease, switches: number): Promise<UpgradeResult> {
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-upgrade-'));
  cleanUp.add(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  // A build that still runs would write into the folder again.
  cleanUp.add(() => signalAll(descendantsOf(process.pid), 'SIGKILL'));
  const oldCheckout = join(folder, 'release');
  await buildRelease(release.commit, oldCheckout);
  const postgres = await PostgresServer.start(join(folder, 'postgres'), oldCheckout);
  cleanUp.add(() => postgres.stop());
  const machines = { folder, postgres, redisServerInstalled: redisServerInstalled() };
  const AUDIT_SIGNING_KEY = newSigningKey();
  const stage = await Stage.prepare('upgrade', machines, {
    variables: () => ({ AUDIT_SIGNING_KEY }),
    releaseOf: (number) => (number === OLD ? oldCheckout : checkout),
  });
  cleanUp.add(() => stage.close());
  return new RollingUpgrade(stage, switches).run();
}

const newSigningKey = () =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');

function announce({ commit, subject, newMigrations }: PreviousRelease): void {
  console.log(`Upgrades from ${commit.slice(0, 12)} (${subject})`);
  if (newMigrations.length === 0) console.log('No new migration: two releases on the same schema.');
  for (const file of newMigrations) console.log(`  new migration: ${file}`);
}

function report({ phases, broken }: UpgradeResult): number {
  console.log(`\n${phaseTable(phases)}\n`);
  for (const complaint of broken) console.log(`BROKEN: ${complaint}`);
  const isBroken = broken.length > 0 || phases.some(({ lost, doubled }) => lost + doubled > 0);
  if (!isBroken) console.log('All promises hold: nothing lost, nothing doubled, audit chain intact, no 500.');
  return isBroken ? 1 : 0;
}

async function main(): Promise<number> {
  let plan: Plan | 'help';
  try {
    plan = readPlan();
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  if (plan === 'help') {
    console.log(USAGE);
    return 0;
  }
  cleanUp.onSignals();
  try {
    const release = await previousRelease(plan.from);
    announce(release);
    return report(await upgradeFrom(release, plan.switches));
  } catch (error) {
    // Everything that was running got a signal, so that errors say nothing.
    if (process.exitCode !== 130) console.error((error as Error).message);
    return 1;
  } finally {
    await cleanUp.run();
  }
}

const code = await main();
process.exit(process.exitCode ?? code);
