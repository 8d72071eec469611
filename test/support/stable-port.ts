import { createServer } from 'node:net';

/** Below the ports that systems give to connections and to servers that ask for any: those start at 32768 or 49152. */
const [FIRST, LAST] = [10_000, 32_767];

/**
 * Finds a port of 127.0.0.1 for a server that is killed and started again where it was. Nobody gets it by chance
 * meanwhile, as would happen to a port that was free earlier.
 */
export async function stablePort(): Promise<number> {
  const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
  return (await isFree(port)) ? port : stablePort();
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
