import { Button, Skeleton } from '@mantine/core';
import { ApiProblem, sentenceOf } from '../api/problem.ts';

/** What a page shows when there is nothing, when it failed, and while it loads. */

export function Empty({ title, children, action }: { title: string; children?: React.ReactNode; action?: React.ReactNode }) {
  return (
    <div className="empty">
      <p className="strong">{title}</p>
      {children !== undefined && <p className="dim">{children}</p>}
      {action !== undefined && <div className="empty-action">{action}</div>}
    </div>
  );
}

export function ProblemNote({ error, onRetry, title = 'This did not load' }: { error: unknown; onRetry?: () => void; title?: string }) {
  const requestId = error instanceof ApiProblem ? error.requestId : '';
  return (
    <div className="note" data-tone="bad" role="alert">
      <p className="strong">{title}</p>
      <p>{sentenceOf(error)}</p>
      {requestId !== '' && <p className="dim small">Request {requestId}</p>}
      {onRetry !== undefined && (
        <Button size="xs" variant="default" mt="xs" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

export function Note({ tone = 'neutral', children }: { tone?: 'neutral' | 'warn' | 'bad' | 'good'; children: React.ReactNode }) {
  return (
    <div className="note" data-tone={tone}>
      {children}
    </div>
  );
}

const widths = ['62%', '48%', '71%', '55%', '66%', '43%', '58%', '50%'];

/** Rows as tall as the real ones, so that nothing moves when they come. */
export function SkeletonRows({ rows = 8 }: { rows?: number }) {
  return (
    <div aria-hidden className="skeleton-rows">
      {widths.slice(0, rows).map((width) => (
        <div className="skeleton-row" key={width}>
          <Skeleton height={11} width={width} />
          <Skeleton height={11} width="4.5rem" />
        </div>
      ))}
    </div>
  );
}
