import type { KeyedLoad } from './keyed-load.js';
import type { Stage, StageOptions } from './stage.js';

/** Something that happens to the system while clients switch. */
export interface Fault {
  /** For `--only`. */
  name: string;
  /** The fault, as in the table. */
  title: string;
  /** Part of the short run. */
  inSubset?: true;
  needsRedisServer?: true;
  needsPgBouncer?: true;
  stage?: StageOptions;
  /** Of the load; 0 where the fault is a load itself. */
  clients?: 0;
  /**
   * Does it and undoes it, so that the system can continue; the load runs before, meanwhile and after.
   * @throws when the system does not do what it must
   */
  inject(stage: Stage, load: KeyedLoad): Promise<void>;
}
