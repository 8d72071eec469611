import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

const LICENCE = '/*! Contains Lit, Copyright 2017 Google LLC, SPDX-License-Identifier: BSD-3-Clause */';

/** Everything in one plain script, Lit included, that leaves the functions in the global `ModelSwitch`. */
export async function bundleSwitchUi(): Promise<string> {
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
        formats: ['iife'],
        fileName: () => 'model-switch.js',
      },
    },
  })) as Rolldown.RolldownOutput[];
  return outputs[0]!.output[0].code;
}

/** For people: what a page has to load. */
export function sizeOf(code: string): string {
  const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);
  return `${kilobytes(Buffer.byteLength(code))} kB, ${kilobytes(gzipSync(code).length)} kB gzip`;
}
