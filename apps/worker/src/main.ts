import { runProcess } from '#libs/platform/process/run-process.js';
import { createWorker } from './create-worker.js';

await runProcess('worker', createWorker);
