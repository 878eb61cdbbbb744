import { limits } from '../../../core/limits.ts';
import { Refusal } from '../../../core/refusal.ts';
import { lookOf, lookQueryOf } from '../../../domain/front/front.ts';
import { letterheadOf } from '../../../domain/papers/papers.ts';
import { monthlyQueryOf } from '../../../domain/statements/monthly/monthly.ts';
import { chosenPlaces, completeOf, mostInFile, mostOnPaper, type StatementPage, statementOf, statementQueryOf } from '../../../domain/statements/statements.ts';
import type { StatementFacts } from '../../../outgoing/statement-facts.ts';
import { statementCsv } from '../../../outgoing/statement-file.ts';
import { balanceDay, besideTexts, statementTitle } from '../../../outgoing/statement-words.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { Icon } from '../../ui/icon.tsx';
import { renderPage } from '../../ui/page.tsx';
import { type Reader, readerOf } from '../../ui/reader.ts';
import { answerPage } from '../answer.ts';
import { Note } from '../invoice/banner.tsx';
import { pressOf, sendFile } from '../invoice/papers.ts';
import { localeFor } from '../visit.ts';
import { AccountNav, type SignedIn, visitAccount, Whose } from './frame.tsx';
import { Monthly } from './monthly.tsx';
import { askedIn, queryOf } from './statement-asked.ts';
import { Figures, Late, Movements, Narrow, Periods } from './statement-parts.tsx';

type Read = Readonly<{ visit: SignedIn; facts: StatementFacts; monthly: boolean; reader: Reader }>;

/** Every charge, payment, credit and refund of a period, newest first, with the balance after each, and how late what is left is. */
export async function showStatement(c: WebContext, deps: Deps): Promise<Response> {
  const page = askedIn(c, limits.pageSize);
  const read = await readFor(c, deps, page);
  if (read instanceof Response) return read;
  return answerPage(c, deps, statementPage(read, c.req.query('used') !== undefined));
}

/** Session, rights, the statement and the business's look in one round trip. */
async function readFor(c: WebContext, deps: Deps, page: StatementPage): Promise<Read | Response> {
  const visit = await visitAccount(c, deps, (business) => statementQueryOf(business, page), lookQueryOf, monthlyQueryOf);
  if (visit instanceof Response) return visit;
  const [beside = null, monthly] = visit.besides;
  const statement = statementOf(visit.json, page);
  const { language: usual } = lookOf(beside, 'en');
  const language = localeFor(c, visit.grant.language, usual);
  const business = lookOf(beside, language);
  const facts = { business, language, statement, asked: page, places: chosenPlaces(statement, page), own: true };
  return { visit, facts, monthly: monthly === 'true', reader: readerOf(language, statement.currency, statement.home) };
}

function statementPage({ visit, facts, monthly, reader }: Read, used: boolean) {
  const { w, money, day } = reader;
  const { business: look, statement, asked } = facts;
  const { slug } = look;
  const title = statementTitle(facts);
  return renderPage(
    {
      ...{ look, locale: reader.locale, title, path: href('account', { business: slug }), wide: true, stick: true },
      nav: <AccountNav reader={reader} visit={visit} at="account" />,
    },
    <>
      <Whose reader={reader} visit={visit} />
      {used && <Note icon="check">{w.account.creditWasUsed}</Note>}
      <div className="sum">
        <div>
          <h1>{title}</h1>
          <p className="big">{money(statement.balanceMinor)}</p>
          <p className="st dim">{balanceText(reader, facts)}</p>
        </div>
        <div className="act stick noprint">
          <a className="btn" href={href('accountPdf', { business: slug }, queryOf(asked))}>
            {w.statement.pdf}
          </a>
        </div>
      </div>
      {besideTexts(reader, statement).map((text) => (
        <p key={text} className="s">
          {text}
        </p>
      ))}
      {asked.asOf && (
        <Note icon="clock">
          {w.statement.knownOn(day(asked.asOf))}. <a href={href('account', { business: slug }, { ...queryOf(asked), asof: null })}>{w.statement.showNow}</a>
        </Note>
      )}
      <Periods reader={reader} facts={facts} />
      <Narrow reader={reader} facts={facts} />
      <Figures reader={reader} facts={facts} />
      <Movements reader={reader} facts={facts} />
      <Late reader={reader} facts={facts} />
      <Monthly reader={reader} slug={slug} on={monthly} />
      <p className="quiet noprint">
        <a href={href('accountCsv', { business: slug }, queryOf(asked))}>
          <Icon name="download" />
          {w.account.download}
        </a>
        <a href={href('payments', { business: slug })}>{w.payments.receipts}</a>
      </p>
    </>,
  );
}

function balanceText({ w, money, day }: Reader, facts: StatementFacts): string {
  const { statement, places } = facts;
  const last = w.statement.balanceOn(day(balanceDay(facts)));
  if (!statement.whole && places === null) return [w.account.ofYourProperties, last].join(' · ');
  return statement.creditMinor > 0n ? [last, w.account.withCredit(money(statement.creditMinor))].join(' · ') : last;
}

/** The same as a file, oldest first. */
export async function sendStatementCsv(c: WebContext, deps: Deps): Promise<Response> {
  const read = await readFor(c, deps, { ...askedIn(c, mostInFile), cursor: null });
  if (read instanceof Response) return read;
  const { facts } = read;
  const pieces: string[] = [];
  for await (const piece of statementCsv({ ...facts, statement: completeOf(facts.statement) })) pieces.push(piece);
  return sendFile(c, Buffer.from(pieces.join('')), { name: `${fileName(facts)}.csv`, mime: 'text/csv; charset=UTF-8', inline: false });
}

/** The same on paper, oldest first. `?inline=1` shows it instead of saving it. */
export async function sendStatementPdf(c: WebContext, deps: Deps): Promise<Response> {
  const read = await readFor(c, deps, { ...askedIn(c, mostOnPaper), cursor: null });
  if (read instanceof Response) return read;
  const { facts, visit } = read;
  const press = pressOf(deps);
  const drawn = press.drawStatement({ ...facts, statement: completeOf(facts.statement) }, await letterheadOf(press, visit.business));
  const made = await deps.pdf.render(drawn);
  if (made.kind === 'failed') throw new Refusal('busy');
  return sendFile(c, made.bytes, { name: `${fileName(facts)}.pdf`, mime: 'application/pdf', inline: c.req.query('inline') === '1' });
}

const fileName = (facts: StatementFacts): string => `${facts.business.slug}-statement-${balanceDay(facts)}`;
