import type { Measure } from './measure.js';
import { AUDIT } from './measures/audit.js';
import { CHAT } from './measures/chat.js';
import { COLD_START } from './measures/cold-start.js';
import { DEADLINES } from './measures/deadlines.js';
import { MEMORY } from './measures/memory.js';
import { PAGES } from './measures/pages.js';
import { READS } from './measures/reads.js';
import { SCALE_OUT } from './measures/scale-out.js';
import { SWITCHES } from './measures/switches.js';
import { VISIBILITY } from './measures/visibility.js';

export const MEASURES: Measure[] = [
  READS,
  SWITCHES,
  AUDIT,
  VISIBILITY,
  DEADLINES,
  SCALE_OUT,
  CHAT,
  PAGES,
  MEMORY,
  COLD_START,
];
