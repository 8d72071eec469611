import { defineConfig } from 'vitest/config';

/** Specs of the unit project that start servers or wait for timers: a mutant of a decision is noticed without them. */
const SLOW = [
  '**/*.cache*.spec.ts',
  '**/*-relay.spec.ts',
  '**/{bedrock-catalogue,bedrock-clients,bedrock-runtime,emulator-with-sdk,jwt-verifier,redis-pubsub}.spec.ts',
  '**/{invocations.service,notification-streams,service-keys.service,transactions,webhook-sender}.spec.ts',
];

/** Runs the unit specs of `libs` for Stryker, which adds a project and reporters and cannot choose among projects. */
export default defineConfig({
  resolve: { conditions: ['typescript'] },
  ssr: { resolve: { conditions: ['typescript'] } },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: { include: ['libs/**/*.spec.ts'], exclude: SLOW, isolate: false },
});
