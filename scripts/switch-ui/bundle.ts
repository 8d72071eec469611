import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

export interface Bundle {
  /** A plain script that leaves the functions in the global `ModelSwitch`. */
  'model-switch.js': string;
  /** The same as an ES module. */
  'model-switch.mjs': string;
}

const LICENCE = '/*! Contains Lit, Copyright 2017 Google LLC, SPDX-License-Identifier: BSD-3-Clause */';

/** Everything in one file, Lit included. */
export async function bundleSwitchUi(): Promise<Bundle> {
  const outputs = (await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: { output: { postBanner: LICENCE, minify: true } },
      lib: {
        entry: 'libs/switch-ui/switch-ui.ts',
        name: 'ModelSwitch',
        formats: ['iife', 'es'],
        fileName: (format) => (format === 'es' ? 'model-switch.mjs' : 'model-switch.js'),
      },
    },
  })) as Rolldown.RolldownOutput[];
  return Object.fromEntries(outputs.map(({ output: [{ fileName, code }] }) => [fileName, code])) as never;
}

/** For people: what a page has to load. */
export function sizeOf(code: string): string {
  const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);
  return `${kilobytes(Buffer.byteLength(code))} kB, ${kilobytes(gzipSync(code).length)} kB gzip`;
}
