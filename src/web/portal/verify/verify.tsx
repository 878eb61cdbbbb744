import { limits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Look } from '../../../domain/front/front.ts';
import { type Checked, checkCode, checkFile } from '../../../domain/papers/checking.ts';
import { countKnock } from '../../../domain/people/sign-in.ts';
import { href } from '../../../routes.ts';
import { callerAddress, type Deps, type WebContext } from '../../context.ts';
import { Field, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type Page, renderPage } from '../../ui/page.tsx';
import { momentText, type Reader, readerOf } from '../../ui/reader.ts';
import { answerPage } from '../answer.ts';
import { problemOf } from '../given.ts';
import { lookAt } from '../look.ts';

type Shown = Readonly<{ code: string; problem: FormProblem; which: 'code' | 'file'; checked: Checked | null }>;
const untouched: Shown = { code: '', problem: null, which: 'code', checked: null };

/** Where anybody who holds a record of approval learns whether it is genuine and still stands. */
export async function showVerify(c: WebContext, deps: Deps): Promise<Response> {
  const { look, reader } = await lookAt(c, deps);
  return answerPage(c, deps, verifyPage(look, reader, untouched));
}

/** By the code or by the file itself. Nothing is kept, and no more is told than stands on the record. */
export async function checkRecord(c: WebContext, deps: Deps): Promise<Response> {
  const { business, look, reader } = await lookAt(c, deps);
  const { code, file } = await givenRecord(c);
  const which = file === null ? 'code' : 'file';
  try {
    if (which === 'code' && code.trim() === '') throw new Refusal('required', { field: 'code' });
    if (file?.size === 0) throw new Refusal('required', { field: 'file' });
    if (file && file.size > limits.attachmentBytes) throw new Refusal('body_too_large', { field: 'file' });
    await countKnock(deps.database, callerAddress(c));
    const checked =
      file === null ? await checkCode(deps.database, business, code) : await checkFile(deps.database, business, new Uint8Array(await file.arrayBuffer()));
    return await answerPage(c, deps, verifyPage(look, reader, { code, problem: null, which, checked }));
  } catch (error) {
    const { status, code: refused, field } = problemOf(error);
    return answerPage(c, deps, verifyPage(look, reader, { code, problem: { code: refused, field }, which, checked: null }), status === 429 ? 429 : 422);
  }
}

/** The form of the page: one field for the code, or one file. */
async function givenRecord(c: WebContext): Promise<{ code: string; file: File | null }> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'multipart/form-data' && type !== 'application/x-www-form-urlencoded') throw new Refusal('content_type_unsupported');
  const fields = await c.req.formData().catch(() => {
    throw new Refusal('invalid_input');
  });
  const code = fields.get('code');
  const file = fields.get('file');
  return { code: typeof code === 'string' ? code.slice(0, 100) : '', file: file instanceof File ? file : null };
}

function verifyPage(look: Look, reader: Reader, shown: Shown): Page {
  const text = reader.w.record.verify;
  const path = href('verify', { business: look.slug });
  return renderPage(
    { look, locale: reader.locale, title: text.title, path },
    <div className="narrow">
      <h1>{text.title}</h1>
      {shown.checked ? <Verdict reader={reader} checked={shown.checked} path={path} /> : <Forms reader={reader} shown={shown} path={path} />}
    </div>,
  );
}

function Forms({ reader, shown, path }: Readonly<{ reader: Reader; shown: Shown; path: string }>) {
  const text = reader.w.record.verify;
  const of = (which: Shown['which']) => (shown.which === which ? shown.problem : null);
  return (
    <>
      <p className="lead">{text.lead}</p>
      <form method="post" action={path}>
        <FormAlert w={reader.w} problem={of('code')} />
        <Field label={text.codeLabel} name="code" value={shown.code} hint={text.codeHint} maxLength={60} required problem={of('code')} />
        <button className="btn" type="submit">
          {text.byCode}
        </button>
      </form>
      <h2 className="sec">{text.fileTitle}</h2>
      <form method="post" action={path} encType="multipart/form-data">
        <FormAlert w={reader.w} problem={of('file')} />
        <Field label={text.fileLabel} name="file" type="file" accept="application/pdf" required problem={of('file')} />
        <button className="btn two" type="submit">
          {text.byFile}
        </button>
      </form>
    </>
  );
}

function Verdict({ reader, checked, path }: Readonly<{ reader: Reader; checked: Checked; path: string }>) {
  const text = reader.w.record.verify;
  const good = checked.state === 'valid';
  const record = 'id' in checked ? checked : null;
  return (
    <>
      <div className={good ? 'note' : 'note hot'} role="status">
        <Icon name={good ? 'check' : 'alert'} />
        <div>
          <p>
            <b>{titleOf(reader, checked)}</b>
          </p>
          <p>{leadOf(reader, checked)}</p>
        </div>
      </div>
      {record && (
        <dl className="kv sec">
          {factsOf(reader, record).map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="sec">
        <a href={path}>{text.again}</a>
      </p>
    </>
  );
}

function titleOf({ w }: Reader, { state }: Checked): string {
  const text = w.record.verify;
  return { valid: text.valid, withdrawn: text.withdrawn, superseded: text.superseded, altered: text.altered, broken: text.altered, unknown: text.unknown }[
    state
  ];
}

function leadOf({ w, locale }: Reader, checked: Checked): string {
  const text = w.record.verify;
  const day = 'withdrawnAt' in checked && checked.withdrawnAt !== null ? momentText(checked.withdrawnAt, checked.timeZone, locale) : '';
  return {
    ...{ valid: text.validLead, withdrawn: text.withdrawnLead(day), superseded: text.supersededLead },
    ...{ altered: text.alteredLead, broken: text.brokenLead, unknown: text.unknownLead },
  }[checked.state];
}

function factsOf(reader: Reader, record: Extract<Checked, { id: string }>): [string, string][] {
  const { verify: text } = reader.w.record;
  const { money } = readerOf(reader.locale, record.currency);
  return [
    [text.paper, record.revision > 1 ? `${record.number} · R${record.revision}` : record.number],
    [text.amount, money(record.totalMinor)],
    [text.signedBy, [record.firstName, record.typedName].filter(Boolean).join(', ')],
    [text.signedOn, momentText(record.at, record.timeZone, reader.locale)],
    [text.codeLabel, record.code],
  ];
}
