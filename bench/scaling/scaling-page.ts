import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../scripts/embedded/checkout.js';
import type { Report } from '../report.js';
import { capacityFigures, mixOfOne } from './capacity-figures.js';
import { growthFigures } from './growth-figures.js';
import { MIX, type Sources } from './mix.js';
import { followersTable, tableSizesTable, workloadsTable } from './page-tables.js';
import { filled } from './page-template.js';
import { readBenchReport, readScalingReport } from './scaling-report.js';
import { serviceTimes } from './service-times.js';
import { stepFigures } from './step-figures.js';

export const PAGE = join(checkout, 'docs', 'scaling.md');
const TEMPLATE = join(checkout, 'bench', 'scaling', 'scaling.md.template');

/** The page as the stored results and the simulation make it. */
export function scalingPage(): string {
  const { file, report: bench } = readBenchReport();
  const scaling = readScalingReport();
  const sources: Sources = { bench, scaling, times: serviceTimes(bench, scaling) };
  return filled(readFileSync(TEMPLATE, 'utf8'), {
    originOfBench: originOf(file, bench),
    originOfScaling: originOf('scaling.json', scaling),
    ...mixFigures(),
    ...capacityFigures(sources, mixOfOne(sources)),
    ...growthFigures(sources),
    ...stepFigures(sources),
    followers: followersTable(sources),
    workloads: workloadsTable(sources),
    tables: tableSizesTable(sources),
  });
}

export const writePage = (): void => writeFileSync(PAGE, scalingPage());

function originOf(
  file: string,
  { date, quick, machine }: Pick<Report, 'date' | 'quick' | 'machine'>,
): string {
  const size = quick ? '. **Quick: small tables and short turns, to be measured again**' : '';
  return `\`bench/results/${file}\`: ${date.slice(0, 10)}, ${machine.cores} cores of ${machine.cpu}, ${machine.memoryGb} GB, Node.js ${machine.node}, Redis ${machine.redis}${size}`;
}

const mixFigures = (): Record<string, string> => ({
  streamSeconds: String(MIX.streamSeconds),
  eventsPerStream: String(MIX.eventsPerStream),
  readsOfCall: String(MIX.readsOfCall),
  switchesOfCall: String(MIX.switchesOfCall),
  callsOfConversation: String(MIX.callsOfConversation),
});
