import { launch } from './launch/launch.js';
import { runSession } from './launch/session.js';
import { readSettings } from './launch/settings.js';

await runSession(async (session) => {
  await launch(session, readSettings(), 'npm start');
});
