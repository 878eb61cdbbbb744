/** Something done again and again. However many workers run, each moment of the schedule happens once, and never two runs at once. */
export type Tick = Readonly<{
  /** Short and lasting: the queue remembers when it last ran under this name. */
  name: string;
  /** Minute, hour, day of month, month, day of week, in UTC. */
  cron: string;
  /** Looks at the facts and does what is due; finding nothing is the usual case. */
  run: () => Promise<void>;
}>;
