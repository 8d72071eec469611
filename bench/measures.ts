import type { Measure } from './measure.js';
import { READS } from './measures/reads.js';

export const MEASURES: Measure[] = [READS];
