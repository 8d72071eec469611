import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const OUT = join(import.meta.dirname, '../../dist/console');

/** Beside each file the same compressed, which the api sends: it has better to do than to compress. */
const compressed: Plugin = {
  name: 'compressed',
  closeBundle() {
    const assets = join(OUT, 'assets');
    for (const name of readdirSync(assets).filter((file) => /\.(js|css|svg)$/.test(file)))
      writeFileSync(join(assets, `${name}.gz`), gzipSync(readFileSync(join(assets, name)), { level: 9 }));
  },
};

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react(), compressed],
  // The api puts another number there each time: serve-console.ts.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: 'es2022',
    // Nothing as a data: address, which the policy does not let in everywhere.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  // `npm run dev --workspace apps/console` beside a started api.
  server: { proxy: { '^/(v1|orchestrate)': process.env.SUPABASE_URL ?? 'http://127.0.0.1:3000' } },
});
