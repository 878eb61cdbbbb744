import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ButtonLink } from '../parts/links.tsx';
import { ProblemNote } from '../parts/notes.tsx';
import { Page } from '../parts/page.tsx';

const reloadedFor = 'office-reloaded';

/** A page that broke: says so, offers to try again, keeps the rest of the office usable. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const boundary = useQueryErrorResetBoundary();
  useEffect(() => boundary.reset(), [boundary]);
  useEffect(() => reloadOnceAfterUpdate(error), [error]);
  return (
    <Page title="Something is missing" width="narrow">
      <ProblemNote
        error={error}
        title="This page could not be shown"
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </Page>
  );
}

/** After an update of the office its old files are gone; one reload brings the new ones. */
function reloadOnceAfterUpdate(error: unknown): void {
  const isOldFile = /dynamically imported module|module script|preload/i.test(error instanceof Error ? error.message : '');
  if (!isOldFile || sessionStorage.getItem(reloadedFor) === location.pathname) return;
  sessionStorage.setItem(reloadedFor, location.pathname);
  location.reload();
}

export function NotFoundPage() {
  return (
    <Page title="There is nothing here" width="narrow">
      <p className="dim">The page was moved, or the address has a typing error.</p>
      <div>
        <ButtonLink to="/" variant="default" mt="md">
          Go to Home
        </ButtonLink>
      </div>
    </Page>
  );
}
