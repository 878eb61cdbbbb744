/** A no that belongs in the answer to the caller; anything else that is thrown is a bug and ends the child. */
export class Declined extends Error {}

/** Runs in the child: one piece of work after the other, each answered with its value or a clear no. */
export function answerWith<In, Out>(make: (work: In) => Out | Promise<Out>): void {
  process.on('message', async (work) => {
    const answer = await attempt(make, work as In);
    process.send?.({ ...answer, residentBytes: process.memoryUsage.rss() });
  });
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C reaches the whole group: the server ends its children itself, once what they are making is done.
  process.on('SIGINT', () => {});
}

async function attempt<In, Out>(make: (work: In) => Out | Promise<Out>, work: In): Promise<{ value: Out } | { refused: string }> {
  try {
    return { value: await make(work) };
  } catch (error) {
    if (error instanceof Declined) return { refused: error.message };
    throw error;
  }
}
