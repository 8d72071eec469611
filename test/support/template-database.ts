/** Placeholder until the migrations and the seed run here. */
export async function prepareTemplate(_options: { ownerUrl: string; appUrl: string }): Promise<void> {}
