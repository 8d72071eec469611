// Says by its exit code whether this container's program is ready. Node's own fetch: the image has no curl.
const { WORKER_HTTP_PORT, PORT } = process.env;
const url = `http://127.0.0.1:${WORKER_HTTP_PORT || PORT || 3000}/readyz`;
try {
  const { ok, status } = await fetch(url, { signal: AbortSignal.timeout(4_000) });
  if (!ok) throw new Error(`answered ${status}`);
} catch (error) {
  process.stderr.write(`${url}: ${error.cause?.message ?? error.message}\n`);
  process.exitCode = 1;
}
