import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Holds alerts, their tests, dashboards, runbook and docs/telemetry.md together. That the table of docs/telemetry.md is
 * what the code makes is tested by test/integration/metrics.spec.ts.
 */
const FOLDER = 'docker/observability';
const DASHBOARDS = `${FOLDER}/grafana/dashboards`;
const read = (path) => readFileSync(path, 'utf8');
const found = (text, pattern) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))];
const problems = [];
const demand = (holds, problem) => holds || problems.push(problem);

const described = read('docs/telemetry.md');
const alerts = read(`${FOLDER}/alerts.yml`);
const tests = read(`${FOLDER}/alerts.test.yml`);
const runbook = read('docs/runbook.md');
const dashboards = readdirSync(DASHBOARDS).map((file) => join(DASHBOARDS, file));

const metrics = new Set(found(described, /^\| `(orchestrator_\w+)` \|/gm));
const isMetric = (name) => metrics.has(name) || metrics.has(name.replace(/_(bucket|count|sum)$/, ''));
for (const file of [`${FOLDER}/alerts.yml`, `${FOLDER}/alerts.test.yml`, 'docs/runbook.md', ...dashboards])
  for (const name of found(read(file), /\b(orchestrator_[a-z_]+)/g))
    demand(isMetric(name) || file.endsWith('.md'), `${file}: there is no metric ${name}`);

const names = found(alerts, /- alert: (\w+)/g);
const sections = found(runbook, /^### (\w+)$/gm);
for (const name of names) {
  demand(sections.includes(name), `docs/runbook.md: there is no section ### ${name}`);
  demand(
    alerts.includes(`runbook_url: docs/runbook.md#${name.toLowerCase()}\n`),
    `alerts.yml: ${name} does not name its section`,
  );
  for (const case_ of ['fires', 'keeps still'])
    demand(
      tests.includes(`- name: '${name} ${case_}'`),
      `alerts.test.yml: there is no test '${name} ${case_}'`,
    );
}
for (const name of sections) demand(names.includes(name), `docs/runbook.md: there is no alert ${name}`);
const headings = found(runbook, /^#+ (.+)$/gm).map((heading) => heading.toLowerCase().replaceAll(' ', '-'));
for (const anchor of found(runbook, /\]\(#([\w-]+)\)/g))
  demand(headings.includes(anchor), `docs/runbook.md: a link leads to #${anchor}, which is not there`);

for (const file of dashboards) {
  const { panels } = JSON.parse(read(file));
  demand(
    panels.every(({ targets }) => targets.length > 0),
    `${file}: a panel shows nothing`,
  );
}

const ATTRIBUTE = /(?:'|`)((?:gen_ai|switch|messaging|http)\.[\w.]+)(?:'|`)/g;
const sources = [
  'libs/platform/bedrock/model-call-span.ts',
  'libs/switching/switch.service.ts',
  'libs/audit/audit-span.ts',
  'apps/api/src/http/request-telemetry.ts',
];
const made = found(sources.map(read).join('\n'), ATTRIBUTE);
const told = found(described, ATTRIBUTE);
for (const name of made) demand(told.includes(name), `docs/telemetry.md: the attribute ${name} is missing`);
for (const name of told) demand(made.includes(name), `docs/telemetry.md: no span has the attribute ${name}`);

for (const question of [
  ['check', 'config', 'prometheus.yml'],
  ['check', 'rules', 'alerts.yml'],
  ['test', 'rules', 'alerts.test.yml'],
]) {
  const { error, status, stdout, stderr } = spawnSync('promtool', question, {
    cwd: FOLDER,
    encoding: 'utf8',
  });
  if (error) {
    console.log(
      'promtool is not there, so that the rules of alerts were NOT tested: apt-get install prometheus',
    );
    break;
  }
  demand(status === 0, `promtool ${question.join(' ')}:\n${stdout}${stderr}`);
}

for (const problem of problems) console.error(problem);
console.log(`${names.length} alerts, ${dashboards.length} dashboards, ${metrics.size} metrics`);
process.exitCode = problems.length === 0 ? 0 : 1;
