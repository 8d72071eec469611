import type { Measure } from './measure.js';
import { COLD_START } from './measures/cold-start.js';
import { MEMORY } from './measures/memory.js';
import { READS } from './measures/reads.js';

export const MEASURES: Measure[] = [READS, MEMORY, COLD_START];
