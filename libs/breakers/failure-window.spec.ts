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

  it('from its first call on, and for no longer than two spans', () => {
    const window = new FailureWindow();
    for (let nth = 0; nth < 3; nth++) window.add(true, SECOND);
    expect(window.isFailing(SECOND)).toBe(true);
    expect(windowOf('xxx').isFailing(START + 20 * SECOND - 1)).toBe(true);
    expect(windowOf('xxx').isFailing(START + 20 * SECOND)).toBe(false);
  });

  it('by spans that begin after exactly ten seconds', () => {
    const window = windowOf('xxx');
    expect([10, 15, 24].map((seconds) => window.isFailing(START + seconds * SECOND))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('no more once its failures are too old, though they were in a row', () => {
    expect(windowOf('xxxxx').isFailing(START + 30 * SECOND)).toBe(false);
  });

  it('by half of the calls of two spans together', () => {
    const window = windowOf('xxx..');
    expect(window.isFailing(START + 10 * SECOND)).toBe(true);
    for (let nth = 0; nth < 2; nth++) window.add(false, START + 10 * SECOND);
    expect(window.isFailing(START + 10 * SECOND)).toBe(false);
  });

  it('by calls of a span that has passed in full', () => {
    const window = windowOf('xx.');
    window.add(true, START + 10 * SECOND);
    window.add(false, START + 20 * SECOND);
    expect(window.isFailing(START + 20 * SECOND)).toBe(false);
  });

  it('by failures of two spans together', () => {
    const window = windowOf('xx');
    window.add(true, START + 11 * SECOND);
    expect(window.isFailing(START + 11 * SECOND)).toBe(true);
  });
});
