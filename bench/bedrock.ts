import { startEmulator } from '../apps/bedrock-emulator/src/start-emulator.js';

/** The emulated Bedrock in a separate process, without the pauses that make a stream look like one. */
const { url } = await startEmulator();
process.send!({ url });
process.on('disconnect', () => process.exit(0));
