import type { Fault } from './fault.js';
import { OVERLOAD } from './overload.js';
import { POSTGRES_FAULTS } from './postgres-faults.js';
import { PROCESS_FAULTS } from './process-faults.js';
import { QUEUE_FAULTS } from './queue-faults.js';
import { REDIS_FAULTS } from './redis-faults.js';

export const FAULTS: Fault[] = [
  ...PROCESS_FAULTS,
  ...REDIS_FAULTS,
  ...POSTGRES_FAULTS,
  ...QUEUE_FAULTS,
  OVERLOAD,
];
