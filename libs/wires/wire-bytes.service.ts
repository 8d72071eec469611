import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import { TooManyWireBytesError } from './wires.errors.js';

/** Bytes of one body that count for this process. */
export interface BodyBytes {
  /** Counts bytes that have arrived beyond those of the start. @throws TooManyWireBytesError */
  add(bytes: number): void;
  /** Call it when the body is not in memory any more; further calls do nothing. */
  release(): void;
}

/**
 * Counts the bytes of bodies on wires that this process holds, from their headers to the end of their calls. Beyond the
 * limit a body is refused before it is read: memory that is used up would end the calls of all.
 */
@Injectable()
export class WireBytes {
  private underWay = 0;
  private readonly refused;

  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'WIRE_BYTES_UNDER_WAY'>,
    metrics: Metrics,
  ) {
    metrics.gauge(
      { name: 'wire_bytes_under_way', help: 'Bytes of the bodies of requests on wires in this process.' },
      () => [{ labels: {}, value: this.underWay }],
    );
    this.refused = metrics.counter({
      name: 'wire_bodies_refused_total',
      help: 'Requests on wires that were refused because this process had reached WIRE_BYTES_UNDER_WAY.',
    });
  }

  /** @param bytes length of the body, or 0 if it is unknown. @throws TooManyWireBytesError */
  take(bytes: number): BodyBytes {
    let own = 0;
    let isReleased = false;
    const add = (more: number) => {
      // A client that is gone may have sent more than was read.
      if (isReleased) return;
      this.assertRoom(more);
      own += more;
      this.underWay += more;
    };
    const release = () => {
      if (!isReleased) this.underWay -= own;
      isReleased = true;
    };
    add(bytes);
    return { add, release };
  }

  private assertRoom(bytes: number): void {
    if (this.underWay + bytes <= this.env.WIRE_BYTES_UNDER_WAY) return;
    this.refused.inc();
    throw new TooManyWireBytesError();
  }
}
