/** Everything a simulated business does not decide itself: what time it is and what chance brings. One seed, one story. */
export class Chosen {
  readonly seed: number;
  /** A Monday in spring, far enough ahead that no real clock has got there. */
  now = Temporal.Instant.from('2041-03-04T15:00:00Z');
  #state: number;

  constructor(seed: number) {
    this.seed = seed;
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 0;
  }

  /** 32 bits (mulberry32). */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** From 0 to `below`, without it. */
  nat(below: number): number {
    return this.#next() % Math.max(1, below);
  }

  /** True once in so many times. */
  oneIn(times: number): boolean {
    return this.nat(times) === 0;
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[this.nat(items.length)];
  }

  /** What is to be done, each as often as it weighs. */
  weighed<T extends string>(weights: Readonly<Record<T, number>>): T {
    const all = Object.entries(weights) as [T, number][];
    let at = this.nat(all.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [name, weight] of all) {
      at -= weight;
      if (at < 0) return name;
    }
    throw new RangeError('nothing to choose from');
  }

  shuffled<T>(items: readonly T[]): T[] {
    const left = [...items];
    return items.map(() => left.splice(this.nat(left.length), 1)[0] as T);
  }

  fill<T extends Uint8Array>(bytes: T): T {
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = this.#next() & 0xff;
    return bytes;
  }
}

/** The story being told; null: the world is as it is. */
let told: Chosen | null = null;

export function tell(story: Chosen | null): void {
  told = story;
}

type Crypto = typeof import('node:crypto');

/** `node:crypto` whose chance is the story's, for `vi.mock`. All else, such as hashes and ciphers, is the real thing. */
export function chosenCrypto(real: Crypto): Crypto {
  const bytes = (size: number): Buffer => (told ? told.fill(Buffer.alloc(size)) : real.randomBytes(size));
  const uuid = (): string => {
    const hex = bytes(16).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  const replaced = {
    randomBytes: bytes,
    randomFillSync: <T extends Buffer>(into: T): T => (told ? told.fill(into) : real.randomFillSync(into)),
    randomUUID: uuid,
    randomInt: (from: number, to: number): number => (told ? from + told.nat(to - from) : real.randomInt(from, to)),
  };
  return { ...real, ...replaced } as unknown as Crypto;
}

/** Pauses between tries take no time: `node:timers/promises` for `vi.mock`. */
export function chosenTimers<T extends object>(real: T): T {
  return { ...real, setTimeout: (_ms: number, value: unknown) => Promise.resolve(value) };
}

/** From here on the process's clock is the story's. Answers what puts the real one back. */
export function chooseTime(): () => void {
  const { instant, zonedDateTimeISO } = Temporal.Now;
  const random = Math.random;
  Temporal.Now.instant = () => told?.now ?? instant();
  Temporal.Now.zonedDateTimeISO = (zone) => told?.now.toZonedDateTimeISO(zone ?? 'UTC') ?? zonedDateTimeISO(zone);
  Math.random = () => (told ? told.nat(1_000_000) / 1_000_000 : random());
  return () => {
    Object.assign(Temporal.Now, { instant, zonedDateTimeISO });
    Math.random = random;
  };
}
