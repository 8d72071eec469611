/** Exit codes that a script may rely on. Any other exit code is a defect. `waiting`: a change waits for others. */
export const EXIT = { ok: 0, refused: 1, usage: 2, unreachable: 3, waiting: 3 } as const;

/** An end the person at the keyboard can act on: the message says how. */
export class CliFailure extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
  }
}
