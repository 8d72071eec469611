import type { Measure } from './measure.js';
import { ALL_IN_ONE } from './scenarios/all-in-one.js';
import { ANSWER_MEMORY } from './scenarios/answer-memory.js';
import { AUDIT } from './scenarios/audit.js';
import { CHANGE_REQUESTS } from './scenarios/change-requests.js';
import { CHAT } from './scenarios/chat.js';
import { COLD_START } from './scenarios/cold-start.js';
import { CONSOLE } from './scenarios/console.js';
import { CONSOLE_AT_SIZE } from './scenarios/console-pages.js';
import { DEADLINES } from './scenarios/deadlines.js';
import { DIRECT_SWITCHES } from './scenarios/direct-switches.js';
import { LARGE_BODIES } from './scenarios/large-bodies.js';
import { MEMORY } from './scenarios/memory.js';
import { MOVES } from './scenarios/moves.js';
import { PAGES } from './scenarios/pages.js';
import { READS } from './scenarios/reads.js';
import { SCALE_OUT } from './scenarios/scale-out.js';
import { SWITCHES } from './scenarios/switches.js';
import { VISIBILITY } from './scenarios/visibility.js';
import { WIRES } from './scenarios/wires.js';

export const MEASURES: Measure[] = [
  READS,
  SWITCHES,
  DIRECT_SWITCHES,
  AUDIT,
  MOVES,
  CHANGE_REQUESTS,
  VISIBILITY,
  DEADLINES,
  SCALE_OUT,
  CHAT,
  WIRES,
  LARGE_BODIES,
  PAGES,
  CONSOLE,
  CONSOLE_AT_SIZE,
  MEMORY,
  ANSWER_MEMORY,
  ALL_IN_ONE,
  COLD_START,
];
