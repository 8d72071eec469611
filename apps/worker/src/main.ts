import { Health } from '#libs/platform/health/health.service.js';
import { runProcess } from '#libs/platform/process/run-process.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { createWorker } from './create-worker.js';

await runProcess('worker', async (env) => {
  const worker = await createWorker(env);
  const drain = async () => {
    worker.get(Health, { strict: false }).leave();
    await worker.get(JobQueue, { strict: false }).drain(env.SHUTDOWN_GRACE_SECONDS * 1000);
  };
  return { drain, close: () => worker.close() };
});
