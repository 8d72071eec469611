import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { ADD_MODELS, FORGET_QUOTES, STORE_QUOTES, UPDATE_MODELS } from './facts-statements.js';
import { factColumns, type ModelFacts, otherQuotes } from './model-facts.js';

@Injectable()
export class ModelFactsRepository {
  /**
   * Adds the models that are missing, and sets of the others what no operator owns.
   * @returns the ids of those added, and how many rows were written in all
   */
  async apply(facts: ModelFacts, tx: Transaction): Promise<{ added: string[]; written: number }> {
    const rows = JSON.stringify(facts.models.map((model) => factColumns(model, facts.readOn)));
    const added: { model_id: string }[] = await tx.query(ADD_MODELS, [rows]);
    const counts: number[] = [];
    for (const statement of UPDATE_MODELS) counts.push((await tx.query(statement, [rows]))[1]);
    const quotes = JSON.stringify(otherQuotes(facts));
    const [, forgotten] = await tx.query(FORGET_QUOTES, [quotes, facts.models.map(({ id }) => id)]);
    const stored: unknown[] = await tx.query(STORE_QUOTES, [quotes]);
    return {
      added: added.map(({ model_id }) => model_id).toSorted(),
      written: counts.reduce((sum, count) => sum + count, added.length + forgotten + stored.length),
    };
  }
}
