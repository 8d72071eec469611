// Builds each overlay with kustomize and checks every object of it: against the types and schemas that are made from the
// API of Kubernetes, KEDA and External Secrets (unknown fields are errors), and against the promises about our pods.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseAllDocuments } from 'yaml';

const OVERLAYS = ['dev', 'staging', 'production'];
// Below tools/, so that the compiler finds the types there.
const WORK = 'tools/dist/k8s';
const TSC = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const complaints = [];

function build(overlay) {
  const folder = `k8s/overlays/${overlay}`;
  for (const command of [
    ['kubectl', 'kustomize', folder],
    ['kustomize', 'build', folder],
  ]) {
    const { error, status, stdout, stderr } = spawnSync(command[0], command.slice(1), { encoding: 'utf8' });
    if (error?.code === 'ENOENT') continue;
    if (status !== 0) throw new Error(`${folder} does not build:\n${stderr}`);
    if (stderr) complaints.push(`${folder}: ${stderr.trim()}`);
    return parseAllDocuments(stdout).map((document) => document.toJS());
  }
  return undefined;
}

/** The module that has the class of this kind. */
function moduleOf({ apiVersion }) {
  if (apiVersion.startsWith('keda.sh/')) return `@kubernetes-models/keda/${apiVersion}`;
  if (apiVersion.startsWith('external-secrets.io/'))
    return `@kubernetes-models/external-secrets/${apiVersion}`;
  return `kubernetes-models/${apiVersion}`;
}

const nameOf = ({ kind, metadata }) => `${kind} ${metadata.name}`;

async function checkAgainstSchema(overlay, object) {
  const Model = (await import(moduleOf(object)))[object.kind];
  if (!Model)
    return complaints.push(`${overlay}: ${nameOf(object)}: there is no ${object.apiVersion} ${object.kind}`);
  try {
    new Model(object).validate();
  } catch (error) {
    complaints.push(`${overlay}: ${nameOf(object)}: ${error.message}`);
  }
}

/** The compiler knows every field there is: what is written as a literal may have no other. */
function asTypeScript(objects) {
  return objects
    .map((object, index) => {
      const from = JSON.stringify(moduleOf(object));
      const constant = `// ${nameOf(object)}\nexport const object${index}: T${index} = ${JSON.stringify(object, null, 1)};`;
      return `import type { I${object.kind} as T${index} } from ${from};\n${constant}`;
    })
    .join('\n');
}

function checkTypes(built) {
  mkdirSync(WORK, { recursive: true });
  const files = Object.entries(built).map(([overlay, objects]) => {
    writeFileSync(`${WORK}/${overlay}.mts`, asTypeScript(objects));
    return `${WORK}/${overlay}.mts`;
  });
  const options = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--ignoreConfig',
    '--module',
    'nodenext',
    '--target',
    'es2023',
  ];
  const { status, stdout } = spawnSync(process.execPath, [TSC, ...options, ...files], {
    encoding: 'utf8',
  });
  if (status !== 0) complaints.push(stdout);
}

const podSpecOf = ({ kind, spec }) => (['Deployment', 'Job'].includes(kind) ? spec.template.spec : undefined);

/** Requires `restricted` and a little more: a read-only file system, and measured resources. */
function demandsOfContainer({ securityContext: security = {}, resources = {}, image }) {
  return {
    'may not gain privileges': security.allowPrivilegeEscalation === false,
    'has a read-only root': security.readOnlyRootFilesystem === true,
    'drops all capabilities': String(security.capabilities?.drop) === 'ALL',
    'requests CPU and memory and limits memory': Boolean(
      resources.requests?.cpu && resources.requests.memory && resources.limits?.memory,
    ),
    'has an image with a tag': /:[^/]+$/.test(image) && !image.endsWith(':latest'),
  };
}

function demandsOfPod({ securityContext: security = {}, automountServiceAccountToken }) {
  return {
    'is not root': security.runAsNonRoot === true,
    'has the seccomp profile of the runtime': security.seccompProfile?.type === 'RuntimeDefault',
    'has no token of the API server': automountServiceAccountToken === false,
  };
}

/** Seconds that a pod takes after its SIGTERM at most: SHUTDOWN_GRACE_SECONDS, and ten to close. */
const STOPS_WITHIN = 75 + 10;

function demandsOfDeployment({ terminationGracePeriodSeconds: grace, containers }) {
  const preStop = Math.max(...containers.map(({ lifecycle }) => lifecycle?.preStop?.sleep?.seconds ?? 0));
  return {
    'leaves the service before SIGTERM': preStop > 0,
    'is not killed before its work is done': grace >= preStop + STOPS_WITHIN,
  };
}

function checkPromises(overlay, objects) {
  const demand = (whose, demands) => {
    for (const [what, holds] of Object.entries(demands))
      if (!holds) complaints.push(`${overlay}: ${whose}: not so: ${what}`);
  };
  for (const object of objects) {
    const pod = podSpecOf(object);
    if (!pod) continue;
    demand(nameOf(object), demandsOfPod(pod));
    if (object.kind === 'Deployment') demand(nameOf(object), demandsOfDeployment(pod));
    for (const container of [...(pod.initContainers ?? []), ...pod.containers])
      demand(`${nameOf(object)}, ${container.name}`, demandsOfContainer(container));
  }
  demand('the namespace', {
    'admits restricted pods only': objects.some(
      ({ kind, metadata }) =>
        kind === 'Namespace' && metadata.labels['pod-security.kubernetes.io/enforce'] === 'restricted',
    ),
    'denies by default': objects.some(
      ({ kind, metadata, spec }) =>
        kind === 'NetworkPolicy' &&
        metadata.name === 'default-deny' &&
        spec.policyTypes.length === 2 &&
        !spec.ingress &&
        !spec.egress,
    ),
    'holds no secret': objects.every(({ kind }) => kind !== 'Secret'),
    'is one':
      new Set(
        objects.map(({ kind, metadata }) => (kind === 'Namespace' ? metadata.name : metadata.namespace)),
      ).size === 1,
    'asks the names of the cluster, and of nobody of ours':
      !JSON.stringify(objects).includes('"k8s-app":"kube-dns","'),
  });
}

const built = Object.fromEntries(OVERLAYS.map((overlay) => [overlay, build(overlay)]));
if (Object.values(built).includes(undefined)) {
  console.log('Neither kubectl nor kustomize is installed: the overlays were not built.');
  if (process.env.REQUIRE_KUSTOMIZE) process.exitCode = 1;
} else {
  for (const [overlay, objects] of Object.entries(built)) {
    for (const object of objects) await checkAgainstSchema(overlay, object);
    checkPromises(overlay, objects);
  }
  checkTypes(built);
  console.log(
    complaints.join('\n') ||
      `${Object.values(built).flat().length} objects in ${OVERLAYS.length} overlays are valid.`,
  );
  process.exitCode = complaints.length > 0 ? 1 : 0;
}
