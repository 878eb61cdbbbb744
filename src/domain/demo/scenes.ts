import type { Stage } from './stage.ts';

/** What happens on one day of the last months: so many days ago, at that hour (from 17 on, after the ordinary work of the day). */
export type Scene = Readonly<{ daysAgo: number; hour: number; play: (stage: Stage, at: Temporal.Instant) => Promise<unknown> }>;

export function scene(daysAgo: number, hour: number, play: Scene['play']): Scene {
  return { daysAgo, hour, play };
}

/** Words of "One of each", in the order of the list. `bill` is the name the bill has on the stage. */
export type Shown = Readonly<{ what: string; bill: string }>;
