/** Keeps the latest answers to a question for a moment, so that many who ask the same at once cost one look. */
export function recently<T>(keepMs: number, most = 10_000): (key: string, ask: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, { untilMs: number; answer: Promise<T> }>();
  return (key, ask) => {
    const nowMs = performance.now();
    const found = kept.get(key);
    if (found !== undefined && found.untilMs > nowMs) return found.answer;
    // The oldest goes first: a Map keeps the order in which keys were added.
    kept.delete(key);
    for (const old of kept.keys()) {
      if (kept.size < most) break;
      kept.delete(old);
    }
    const answer = ask();
    kept.set(key, { untilMs: nowMs + keepMs, answer });
    answer.catch(() => kept.delete(key));
    return answer;
  };
}
