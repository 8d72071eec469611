// Says by its exit code whether this container's program is ready. Node's own fetch: the image has no curl.
// Arguments, each port/path, replace its question: `docker/healthcheck.mjs 3000/readyz 9090/readyz` for two programs.
const { WORKER_HTTP_PORT, PORT } = process.env;
const asked = process.argv.slice(2);
const places = asked.length > 0 ? asked : [`${WORKER_HTTP_PORT || PORT || 3000}/readyz`];

async function check(place) {
  const url = `http://127.0.0.1:${place}`;
  try {
    const { ok, status } = await fetch(url, { signal: AbortSignal.timeout(4_000) });
    if (!ok) throw new Error(`answered ${status}`);
  } catch (error) {
    process.stderr.write(`${url}: ${error.cause?.message ?? error.message}\n`);
    process.exitCode = 1;
  }
}

await Promise.all(places.map(check));
