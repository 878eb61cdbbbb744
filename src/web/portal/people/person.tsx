import { publicId } from '../../../core/ids.ts';
import { newId } from '../../../db/fresh.ts';
import type { Scope } from '../../../db/scope.ts';
import type { ManagedAccount, WithAccess } from '../../../domain/front/access/access.ts';
import { changeAccess, endAccess, inviteAgain } from '../../../domain/people/access.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { ActId, FormAlert, type FormProblem } from '../../ui/form.tsx';
import { answerPage, seeOther } from '../answer.ts';
import { type Given, givenForm, problemOf } from '../given.ts';
import { type Proof, ProvenPress, peoplePage } from './frame.tsx';
import { addressOf, proofAfter } from './invite.tsx';
import { accountIn, type Managing, openPeople, personIn, pressAsManager } from './managing.ts';
import { RightsFields } from './rights-fields.tsx';
import { rightsFrom, type TypedRights, typedFrom } from './rights-given.ts';

type Drawing = Readonly<{ typed: TypedRights | null; act: string; proof: Proof; problem: FormProblem }>;
type Draw = (c: WebContext, deps: Deps, managing: Managing, drawing: Drawing) => Promise<Response>;

const unpressed = ({ fresh }: Managing): Drawing => ({ typed: null, act: newId(), proof: fresh ? 'fresh' : 'ask', problem: null });

/** GET: what one person may do, to be changed. */
export async function showPerson(c: WebContext, deps: Deps): Promise<Response> {
  const managing = await openPeople(c, deps);
  return managing instanceof Response ? managing : drawPerson(c, deps, managing, unpressed(managing));
}

/** GET: what removing one means, before it is done. */
export async function showRemovePerson(c: WebContext, deps: Deps): Promise<Response> {
  const managing = await openPeople(c, deps);
  return managing instanceof Response ? managing : drawRemove(c, deps, managing, unpressed(managing));
}

const drawPerson: Draw = (c, deps, managing, { typed, act, proof, problem }) => {
  const { reader, look } = managing;
  const account = accountIn(c, managing);
  const person = personIn(c, account);
  const { form } = reader.w.people;
  const at = { business: look.slug, customer: publicId('customer', account.id), person: publicId('person', person.id) };
  const body = (
    <div className="narrow">
      <h1>{person.name}</h1>
      {person.email && <p className="lead">{form.changeLead(person.email)}</p>}
      <form method="post" action={href('person', at)}>
        <ActId id={act} />
        <FormAlert w={reader.w} problem={problem} />
        <RightsFields reader={reader} account={account} typed={typed ?? asTyped(managing, person)} problem={problem} sharedMailbox={person.sharedMailbox} />
        <ProvenPress reader={reader} proof={proof} address={addressOf(account)} problem={problem} label={form.save} value="save" />
        {proof !== 'ask' && !person.verified && person.email && !person.own && (
          <p className="gap">
            <button className="q s" type="submit" name="do" value="again">
              {form.again}
            </button>
          </p>
        )}
      </form>
      <p className="quiet">
        <a href={href('removePerson', at)}>{form.remove(person.name)}</a>
        <a href={href('people', { business: look.slug })}>{reader.w.common.notNow}</a>
      </p>
    </div>
  );
  return answerPage(c, deps, peoplePage(managing, person.name, c.req.path, body), problem === null ? 200 : 422);
};

function asTyped({ reader }: Managing, { rights }: WithAccess): TypedRights {
  return {
    ...{ ask: rights.canAsk, pay: rights.canPay, manage: rights.canManage, bills: rights.bills, all: rights.propertyIds === null },
    approve: rights.approveLimitMinor === 0n ? '' : reader.money(rights.approveLimitMinor),
    properties: (rights.propertyIds ?? []).map((id) => publicId('property', id)),
  };
}

const drawRemove: Draw = (c, deps, managing, { act, proof, problem }) => {
  const { reader, look } = managing;
  const account = accountIn(c, managing);
  const person = personIn(c, account);
  const { remove, form } = reader.w.people;
  const at = { business: look.slug, customer: publicId('customer', account.id), person: publicId('person', person.id) };
  const body = (
    <div className="narrow">
      <h1>{remove.title(person.name)}</h1>
      <p className="lead">{remove.lead(person.name, account.name)}</p>
      <p className="gap">{remove.what}</p>
      <form method="post" action={href('removePerson', at)}>
        <ActId id={act} />
        <FormAlert w={reader.w} problem={problem} />
        <ProvenPress reader={reader} proof={proof} address={addressOf(account)} problem={problem} label={form.remove(person.name)} value="remove" />
      </form>
      <p className="gap">
        <a href={href('people', { business: look.slug })}>{remove.keep}</a>
      </p>
    </div>
  );
  return answerPage(c, deps, peoplePage(managing, remove.title(person.name), c.req.path, body), problem === null ? 200 : 422);
};

/** POST: what they may do from now on, or the invitation once more. */
export async function savePerson(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  const told = given.text('do') === 'again' ? 'invited' : 'changed';
  return press(c, deps, { given, told, drawAgain: drawPerson, typed: typedFrom(given) }, (managing, account, person) => {
    const at = { customerId: account.id, personId: person.id };
    if (told === 'invited') return (scope) => inviteAgain(scope, at);
    const rights = rightsFrom(typedFrom(given), managing.look.currency, managing.reader.locale);
    return (scope) => changeAccess(scope, { ...at, rights });
  });
}

/** POST: ends their access. */
export async function sendRemovePerson(c: WebContext, deps: Deps): Promise<Response> {
  const given = await givenForm(c);
  return press(
    c,
    deps,
    { given, told: 'removed', drawAgain: drawRemove, typed: null },
    (_, account, person) => (scope) => endAccess(scope, { customerId: account.id, personId: person.id }),
  );
}

type Press = Readonly<{ given: Given; told: string; drawAgain: Draw; typed: TypedRights | null }>;
type Meant = (managing: Managing, account: ManagedAccount, person: WithAccess) => (scope: Scope) => Promise<void>;

async function press(c: WebContext, deps: Deps, { given, told, drawAgain, typed }: Press, meant: Meant): Promise<Response> {
  const managing = await openPeople(c, deps);
  if (managing instanceof Response) return managing;
  const { slug } = managing.look;
  const account = accountIn(c, managing);
  const person = personIn(c, account);
  try {
    const work = meant(managing, account, person);
    const pressed = await pressAsManager(c, deps, given, (scope) => work(scope).then(() => true));
    if (pressed === 'away') return seeOther(c, href('frontDoor', { business: slug }, { stay: '1' }));
    if (pressed !== 'done') return await drawAgain(c, deps, managing, { typed, act: newId(), proof: pressed, problem: null });
  } catch (error) {
    const { code, field } = problemOf(error);
    return drawAgain(c, deps, managing, { typed, act: newId(), proof: proofAfter(managing, given, code), problem: { code, field } });
  }
  return seeOther(c, href('people', { business: slug }, { told }));
}
