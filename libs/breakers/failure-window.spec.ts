import { describe, expect, it } from 'vitest';
import { FailureWindow } from './failure-window.js';

const START = 1_000_000;
const SECOND = 1_000;

function windowOf(results: string): FailureWindow {
  const window = new FailureWindow();
  for (const result of results) window.add(result === 'x', START);
  return window;
}

describe('a model is failing', () => {
  it.each([
    ['xx', false],
    ['xxx', true],
    ['.x.x.x', true],
    ['..x.x.x', false],
    ['xxx....', false],
    ['....................xxxx', false],
    ['....................xxxxx', true],
    ['....................xxxxx.', false],
    ['', false],
  ])('%s: %s', (results, failing) => expect(windowOf(results).isFailing(START)).toBe(failing));

  it('for as long as its failures are recent', () => {
    const window = windowOf('xxx');
    expect(window.isFailing(START + 19 * SECOND)).toBe(true);
    expect(window.isFailing(START + 30 * SECOND)).toBe(false);
    expect(windowOf('xxx').isFailing(START + 60 * SECOND)).toBe(false);
  });

  it('by failures of two spans together', () => {
    const window = windowOf('xx');
    window.add(true, START + 11 * SECOND);
    expect(window.isFailing(START + 11 * SECOND)).toBe(true);
  });
});
