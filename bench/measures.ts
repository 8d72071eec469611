import type { Measure } from './measure.js';
import { CHAT } from './measures/chat.js';
import { COLD_START } from './measures/cold-start.js';
import { MEMORY } from './measures/memory.js';
import { READS } from './measures/reads.js';

export const MEASURES: Measure[] = [READS, CHAT, MEMORY, COLD_START];
