const STORAGE = '^libs/.*\\.(entity|repository|cache)\\.ts$';
const SPECS = '\\.spec\\.ts$';
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** The rules of docs/architecture.md that are about who may import whom. @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule('no-cycles', 'Nothing calls back up.', {}, { circular: true }),
    rule('apps-are-islands', 'Apps share through libs only.', { path: '^apps/([^/]+)/' }, { path: '^apps/', pathNot: '^apps/$1/' }),
    rule('libs-never-import-apps', 'Libs know nobody who uses them.', { path: '^(libs|migrations)/' }, { path: '^(apps|scripts|test)/', pathNot: '^test/support/' }),
    rule('platform-knows-no-domain', 'No business words in platform.', { path: '^libs/platform/' }, { path: '^libs/', pathNot: '^libs/platform/' }),
    rule('storage-is-private-to-its-lib', 'Ask the service.', { path: '^libs/([^/]+)/', pathNot: SPECS }, { path: STORAGE, pathNot: '^libs/$1/' }),
    rule('apps-see-no-storage', 'Ask the service.', { path: '^apps/' }, { path: STORAGE }),
    rule('orm-only-in-storage', 'typeorm lives in repositories, entities, modules and platform/database.', { path: '^(apps|libs)/', pathNot: ['\\.(entity|repository|module)\\.ts$', '^libs/platform/database/', SPECS] }, { path: 'node_modules/(typeorm|@nestjs/typeorm|pg)/' }),
    rule('queue-only-in-platform', 'bullmq lives in platform/queue, modules and processors.', { path: '^(apps|libs)/', pathNot: ['\\.(module|processor)\\.ts$', '^libs/platform/queue/', SPECS] }, { path: 'node_modules/(bullmq|@nestjs/bullmq)/' }),
    rule('aws-only-in-bedrock', 'The AWS SDK lives in platform/bedrock.', { path: '^(apps|libs)/', pathNot: '^libs/platform/bedrock/' }, { path: 'node_modules/@aws-sdk/' }),
    rule('http-only-in-api', 'Swagger and the HTTP adapter live in apps/api.', { path: ['^libs/', '^apps/(worker|cli)/'] }, { path: 'node_modules/(@nestjs/swagger|@nestjs/platform-|fastify|express)' }),
    rule('switch-ui-stands-alone', 'The components run in any page: nothing but themselves, the texts and Lit.', { path: '^libs/switch-ui/', pathNot: SPECS }, { pathNot: ['^libs/switch-(ui|texts)/', 'node_modules/lit/'] }),
    rule('texts-stand-alone', 'Programs and pages read them.', { path: '^libs/switch-texts/', pathNot: SPECS }, { pathNot: '^libs/switch-texts/' }),
    rule('lit-only-in-switch-ui', 'One base for the components, and only for them.', { path: '^(apps|libs)/', pathNot: '^libs/switch-ui/' }, { path: 'node_modules/(@lit|lit)/' }),
    rule('console-talks-through-the-client', 'The console is a client like any other.', { path: '^apps/console/' }, { path: '^(apps|libs|migrations|scripts|test)/', pathNot: '^(apps/console|libs/client)/' }),
    rule('client-stands-alone', 'Generated from what the api says, for browsers and programs.', { path: '^libs/client/' }, { pathNot: ['^libs/client/', 'node_modules/openapi-fetch/'] }),
    rule('browser-code-only-there', 'The programs have no pages, and call the api through libs/client.', { path: '^(apps|libs|migrations)/', pathNot: ['^apps/console/', '^libs/client/'] }, { path: 'node_modules/(react|@mantine|@tanstack|recharts|openapi-fetch)' }),
    rule('declared-packages-only', 'package.json names what is used.', {}, { pathNot: '^libs/client/',  dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] }),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { conditionNames: ['typescript', 'import', 'node', 'default', 'types'], exportsFields: ['exports'] },
  },
};
