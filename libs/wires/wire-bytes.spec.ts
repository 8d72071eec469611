import { beforeEach, expect, it } from 'vitest';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import { WireBytes } from './wire-bytes.service.js';

const LIMIT = 100;

let metrics: Metrics;
let bytes: WireBytes;
beforeEach(() => {
  metrics = new Metrics();
  bytes = new WireBytes({ WIRE_BYTES_UNDER_WAY: LIMIT }, metrics);
});

const REFUSED = expect.objectContaining({ kind: 'unavailable', code: 'too_many_wire_bytes', retryAfter: 2 });
const metric = async (name: string): Promise<number> =>
  Number(new RegExp(`^orchestrator_${name} (.*)$`, 'm').exec(await metrics.text())![1]);

it('takes bodies up to the limit, and refuses the next until one is released', async () => {
  const first = bytes.take(60);
  bytes.take(40);
  expect(() => bytes.take(1)).toThrow(REFUSED);
  expect(await metric('wire_bytes_under_way')).toBe(LIMIT);
  expect(await metric('wire_bodies_refused_total')).toBe(1);
  first.release();
  bytes.take(60);
  expect(await metric('wire_bytes_under_way')).toBe(LIMIT);
});

it('counts a body of unknown length while it arrives, and all of it until it is released', async () => {
  bytes.take(90);
  const body = bytes.take(0);
  body.add(6);
  body.add(4);
  expect(() => body.add(1)).toThrow(REFUSED);
  expect(await metric('wire_bytes_under_way')).toBe(LIMIT);
  body.release();
  body.release();
  body.add(5);
  expect(await metric('wire_bytes_under_way')).toBe(90);
});

it('counts nothing of a body that it refuses', async () => {
  expect(() => bytes.take(LIMIT + 1)).toThrow(REFUSED);
  expect(await metric('wire_bytes_under_way')).toBe(0);
});
