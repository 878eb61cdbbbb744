/** Keeps callers from waiting for a foreign system that does not answer. */
export type Circuit = Readonly<{
  /** False: it failed so often that nobody asks for now; after a while one caller at a time may try. */
  mayAsk: () => boolean;
  worked: () => void;
  failed: () => void;
}>;

const [failuresToOpen, restMs] = [5, 30_000];

/** Opens after five failures in a row. Half a minute later one request goes through, and its outcome decides for the others. */
export function circuit(now: () => number = () => Temporal.Now.instant().epochMilliseconds): Circuit {
  let [failures, closedUntil] = [0, 0];
  return {
    mayAsk: () => {
      if (failures < failuresToOpen) return true;
      if (now() < closedUntil) return false;
      // This caller is the trial; the next is let through only after another rest, should nothing be heard of it.
      closedUntil = now() + restMs;
      return true;
    },
    worked: () => {
      failures = 0;
    },
    failed: () => {
      failures += 1;
      if (failures >= failuresToOpen) closedUntil = now() + restMs;
    },
  };
}
