import { mixOfCore } from './capacity-figures.js';
import { footprint, indexBytesThatStay } from './footprint.js';
import { MIX, type Sources, workloadOf } from './mix.js';
import { bytes, milliseconds, number } from './page-template.js';
import { DEFAULTS } from './service-times.js';

/** PostgreSQL's default, and what backups, migrations and people need of it. */
const CONNECTIONS = { all: 100, others: 10 };
/** Of a database server, for calls and notifications, and for indexes: assumptions. */
const DISK_BYTES = 1e12;
const MEMORY_BYTES = 8e9;
/** Bar of the bench for pages. */
const PAGE_LIMIT_MS = 300;

/** The figures at which steps are due. */
export function stepFigures(sources: Sources): Record<string, string> {
  const { scaling } = sources;
  const processesWith = (poolSize: number) =>
    String(Math.floor((CONNECTIONS.all - CONNECTIONS.others) / poolSize));
  const { retainedBytes } = footprint(scaling, workloadOf(1), MIX.callsOfConversation);
  return {
    mixOfWorker: mixOfCore('worker', sources),
    mixOfPostgres: mixOfCore('postgres', sources),
    mixOfRedis: mixOfCore('redis', sources),
    processes: processesWith(DEFAULTS.DATABASE_POOL_SIZE),
    processesOfTen: processesWith(10),
    maxConnections: String(CONNECTIONS.all),
    memory: bytes(MEMORY_BYTES),
    disk: bytes(DISK_BYTES),
    callsOfDisk: number(DISK_BYTES / retainedBytes),
    switchesInMemory: number(MEMORY_BYTES / indexBytesThatStay(scaling)),
    pageLimit: milliseconds(PAGE_LIMIT_MS),
  };
}
