import { BUSY_HOUR } from './busy-hour.js';
import { CHANGE_FAULTS } from './change-faults.js';
import type { Fault } from './fault.js';
import { MOVE_FAULTS } from './move-faults.js';
import { OVERLOAD } from './overload.js';
import { POSTGRES_FAULTS } from './postgres-faults.js';
import { PROCESS_FAULTS } from './process-faults.js';
import { QUEUE_FAULTS } from './queue-faults.js';
import { REDIS_FAULTS } from './redis-faults.js';

/** Overload is first, because it takes as many switches as it takes: those after it make up what a long run lacks. */
export const FAULTS: Fault[] = [
  OVERLOAD,
  ...PROCESS_FAULTS,
  ...MOVE_FAULTS,
  ...CHANGE_FAULTS,
  ...REDIS_FAULTS,
  ...POSTGRES_FAULTS,
  ...QUEUE_FAULTS,
  BUSY_HOUR,
];
