import { launch } from './launch/launch.js';
import { superviseProcesses } from './launch/process-supervisor.js';
import { readSettings } from './launch/settings.js';

await superviseProcesses(async (session) => {
  await launch(session, readSettings(), 'npm start');
});
