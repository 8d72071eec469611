import { runProcess } from '#libs/platform/process/run-process.js';
import { createApi } from './create-api.js';

await runProcess('api', async (env) => {
  const api = await createApi(env);
  await api.listen(env.PORT, env.HOST);
  return api;
});
