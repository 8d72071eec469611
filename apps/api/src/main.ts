import type { Http1Http2Server } from '#libs/platform/http/http1-http2-server.js';
import { runProcess } from '#libs/platform/process/run-process.js';
import { createApi } from './create-api.js';
import { drainApi } from './drain-api.js';
import { Connections } from './http/connections.js';

await runProcess('api', async (env) => {
  const api = await createApi(env);
  const connections = new Connections(api.getHttpServer() as Http1Http2Server);
  await api.listen(env.PORT, env.HOST);
  // PORT=0 takes any port: sends it to the process that forked this one, which may be gone already.
  process.send?.({ url: await api.getUrl() }, () => undefined);
  return { drain: () => drainApi(api, connections, env), close: () => api.close() };
});
