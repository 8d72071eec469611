export interface Page<Item> {
  items: Item[];
  /** The last item, after which the next page begins; undefined: this is the last page. */
  next?: Item;
}

/** Makes a page of what was read with one item more than `limit`. */
export function pageOf<Item>(found: Item[], limit: number): Page<Item> {
  const items = found.slice(0, limit);
  return found.length > limit ? { items, next: items.at(-1)! } : { items };
}
