/**
 * Every task and what it carries. The queue stamps the scope's business on the payload, so no payload can name another.
 * A payload holds ids only: a task reads what is true when it runs, not what was true when it was queued.
 */
// biome-ignore lint/suspicious/noEmptyInterface: each task adds its line here
export interface TaskPayloads {}

export type TaskName = keyof TaskPayloads;
/** What a task finds when it runs. */
export type TaskInput<Name extends TaskName> = TaskPayloads[Name] & { businessId: string };
