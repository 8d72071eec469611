/** Characters that Converse takes in the name of a document. */
const OTHERS = /[^A-Za-z0-9\-()[\]]+/g;
const MAX_LENGTH = 190;

/** Names documents as Converse demands it: in few characters, and each in another way. */
export class DocumentNames {
  private readonly used = new Set<string>();

  nameOf(title: string): string {
    const base = title.replace(OTHERS, ' ').trim().slice(0, MAX_LENGTH).trim() || 'document';
    let name = base;
    for (let copy = 2; this.used.has(name); copy += 1) name = `${base} (${copy})`;
    this.used.add(name);
    return name;
  }
}
