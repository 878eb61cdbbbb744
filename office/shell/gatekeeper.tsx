import { lazy, Suspense, useEffect, useState } from 'react';
import { setGates } from '../api/client.ts';

const SignInAgain = lazy(() => import('./sign-in-again.tsx'));
const FreshCode = lazy(() => import('./fresh-code.tsx'));

type Gate = { kind: 'sign_in' | 'fresh'; passed: Promise<void>; pass: () => void; refuse: (reason: Error) => void };

/**
 * A session that ended, or an act that wants a fresh code, is settled over the page. The page stays as it is, with all that was
 * typed, and the call that was held goes on. Several held calls wait for one answer.
 */
export function Gatekeeper() {
  const [gate, setGate] = useState<Gate | null>(null);
  useEffect(() => {
    let current: Gate | null = null;
    const hold = (kind: Gate['kind']): Promise<void> => {
      if (current?.kind === kind) return current.passed;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const end = (settle: () => void) => () => {
        current = null;
        setGate(null);
        settle();
      };
      current = { kind, passed: promise, pass: end(resolve), refuse: (reason) => end(() => reject(reason))() };
      setGate(current);
      return promise;
    };
    setGates({ signIn: () => hold('sign_in'), fresh: () => hold('fresh') });
    return () => setGates(null);
  }, []);
  if (gate === null) return null;
  return <Suspense>{gate.kind === 'sign_in' ? <SignInAgain onDone={gate.pass} /> : <FreshCode onDone={gate.pass} onCancel={gate.refuse} />}</Suspense>;
}
