import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Fails on parts of packages without an approval: a licence, a script that runs at install time, content without a
 * checksum. Also fails on a release of the AWS SDK that Node 20 cannot run
 * (docs/adr/0036-node-20-ends-on-8-january-2027.md).
 */

const PRODUCTION_LICENCES = [
  '0BSD',
  'Apache-2.0',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
];
const TOOL_LICENCES = [...PRODUCTION_LICENCES, 'BSD-2-Clause', 'CC0-1.0', 'MPL-2.0', 'Unlicense'];
/** Copyleft that a test of ours runs and nothing ships or links; a linter's list of words that says MIT in its README only. */
const EXCEPTIONS = { 'AGPL-3.0-or-later': /^@cloud-copilot\/iam-/, none: /^reserved$/ };

const OLDEST_NODE = 20;

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

const components = (folder, ...options) =>
  JSON.parse(
    execSync(`npm sbom --sbom-format cyclonedx --package-lock-only ${options.join(' ')}`, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ).components;

/**
 * Returns whether an SPDX expression is satisfied by the allowed licences: one side of OR is enough, AND needs both.
 */
const satisfied = (expression, isAllowed) =>
  expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((either) => either.split(' AND ').every(isAllowed));

const isOurs = ({ properties = [] }) => properties.some(({ name }) => name === 'cdx:npm:package:private');

function licencesOutside(isAllowed, list) {
  return list
    .filter((component) => !isOurs(component))
    .flatMap(({ name, version, licenses = [] }) => {
      const written = licenses.map(({ license, expression }) => expression ?? license.id ?? license.name);
      const licence = written.join(' AND ') || 'none';
      const agreed = satisfied(licence, (one) => isAllowed(one, name));
      return agreed ? [] : [`${name}@${version} has the licence ${licence}`];
    });
}

const isToolLicence = (licence, name) => TOOL_LICENCES.includes(licence) || EXCEPTIONS[licence]?.test(name);

/**
 * The AWS SDK says `>=20.0.0`, its older packages nothing. Other packages that declare more run on Node 20 all the same,
 * as the tests show.
 */
const needsNewerNode = ([path, { engines }]) =>
  /node_modules\/@(aws-sdk|smithy)\//.test(path) &&
  engines?.node !== undefined &&
  !(Number(/^>= ?(\d+)/.exec(engines.node)?.[1]) <= OLDEST_NODE);

/** Returns the findings of one lock file and its packages. */
function findingsIn(folder) {
  const { allowScripts } = readJson(`${folder}/package.json`);
  const locked = Object.entries(readJson(`${folder}/package-lock.json`).packages).filter(
    ([path, entry]) => path.startsWith('node_modules/') && !entry.link,
  );
  const ignoresScripts = /^ignore-scripts=true$/m.test(readFileSync(`${folder}/.npmrc`, 'utf8'));
  return [
    ...licencesOutside(isToolLicence, components(folder)),
    ...locked
      .filter(([, { integrity, inBundle }]) => !integrity && !inBundle)
      .map(([path]) => `${path} has no checksum in package-lock.json`),
    ...locked
      .filter(needsNewerNode)
      .map(([path, { engines }]) => `${path} needs Node ${engines?.node}; ours begin with ${OLDEST_NODE}`),
    ...locked
      .map(([path, { hasInstallScript }]) => [path.replace(/^.*node_modules\//, ''), hasInstallScript])
      .filter(([name, hasInstallScript]) => hasInstallScript && allowScripts[name] === undefined)
      .map(([name]) => `${name} has an install script that package.json's allowScripts does not know`),
    ...(ignoresScripts ? [] : ['.npmrc does not turn install scripts off']),
  ].map((finding) => `${folder}: ${finding}`);
}

const isProductionLicence = (licence) => PRODUCTION_LICENCES.includes(licence);
const findings = [
  ...licencesOutside(isProductionLicence, components('.', '--omit', 'dev')),
  ...findingsIn('.'),
  ...findingsIn('tools'),
];

for (const finding of findings) console.error(finding);
if (findings.length > 0) process.exitCode = 1;
