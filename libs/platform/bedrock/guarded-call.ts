import { CallDeadline, type CallLimits } from './call-deadline.js';
import { classifyError } from './classify-error.js';

/** Makes one call within its limits. @throws BedrockError */
export async function guarded<T>(
  modelId: string | null,
  limits: CallLimits,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const guard = new CallDeadline(limits);
  let complete = false;
  try {
    const result = await guard.within(call(guard.signal));
    complete = true;
    return result;
  } catch (error) {
    const { stoppedBy } = guard;
    // Nothing is seen of a whole answer before its end: one that we stopped was probably being written.
    const begun = stoppedBy !== undefined;
    throw classifyError(error, { modelId, stoppedBy, inStream: false, textShown: false, begun });
  } finally {
    guard.release(complete);
  }
}
