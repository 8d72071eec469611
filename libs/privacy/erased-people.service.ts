import { Injectable } from '@nestjs/common';
import { ErasuresRepository } from './erasures.repository.js';
import type { LateMention } from './personal-data.js';

/** Knows the people who were erased in the last 30 days, for data that is written late. */
@Injectable()
export class ErasedPeople {
  constructor(private readonly erasures: ErasuresRepository) {}

  /** @returns the pseudonym for each mention of a person who was erased after it, by the id of the mention */
  async pseudonymsOf(late: LateMention[]): Promise<Map<string, string>> {
    if (late.length === 0) return new Map();
    const found = await this.erasures.pseudonymsOf(late);
    return new Map(found.map(({ id, pseudonym }) => [id, pseudonym]));
  }
}
