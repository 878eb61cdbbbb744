import type { ReactNode } from 'react';
import { maskEmail } from '../../../core/text.ts';
import { Field, type FormProblem } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type Page, renderPage } from '../../ui/page.tsx';
import type { Reader } from '../../ui/reader.ts';
import { AccountNav, Whose } from '../account/frame.tsx';
import type { Managing } from './managing.ts';

/** A page of People and access in the frame of the signed-in account. */
export function peoplePage({ visit, look, reader }: Managing, title: string, path: string, body: ReactNode): Page {
  return renderPage(
    { look, locale: reader.locale, title, path, wide: true, nav: <AccountNav reader={reader} visit={visit} at="people" /> },
    <>
      <Whose reader={reader} visit={visit} />
      {body}
    </>,
  );
}

/** Whether the press needs a code first: `ask` until one was sent, `asked` while it is typed. */
export type Proof = 'fresh' | 'ask' | 'asked';

type Proving = Readonly<{ reader: Reader; proof: Proof; address: string; problem: FormProblem; label: string; value: string }>;

/** The last part of a form that changes who may do what: the code where one is needed, and the press itself. Nothing typed above is lost to it. */
export function ProvenPress({ reader, proof, address, problem, label, value }: Proving) {
  const { people, signIn } = reader.w;
  const masked = maskEmail(address);
  if (proof === 'fresh')
    return (
      <button className="btn" type="submit" name="do" value={value}>
        {label}
      </button>
    );
  return (
    <div className="sec">
      <h2>{people.fresh.title}</h2>
      {proof === 'ask' ? (
        <>
          <p className="note gap">
            <Icon name="mail" />
            <span>{people.fresh.ask(masked)}</span>
          </p>
          <button className="btn" type="submit" name="do" value="code">
            {signIn.sendCode}
          </button>
        </>
      ) : (
        <>
          <p className="lead" role="status">
            {people.fresh.sent(masked)}
          </p>
          <Field label={signIn.codeLabel} name="code" inputMode="numeric" autoComplete="one-time-code" maxLength={12} problem={problem} />
          <p className="gap">
            <button className="btn" type="submit" name="do" value={value}>
              {label}
            </button>
          </p>
          <p className="gap">
            <button className="q s" type="submit" name="do" value="code" formNoValidate>
              {signIn.newCode}
            </button>
          </p>
        </>
      )}
    </div>
  );
}
