/** Every task and what it carries. The business is stamped on by the queue, so no payload can name another. */
export type TaskPayloads = {
  /** Removes spent codes, sessions and throttles. Belongs to no business. */
  'sweep-sign-in': Record<never, never>;
};

export type TaskName = keyof TaskPayloads;
/** What a task finds when it runs. */
export type TaskInput<Name extends TaskName> = TaskPayloads[Name] & { businessId: string };
