import { todayIn } from '../../../core/calendar.ts';
import { publicId } from '../../../core/ids.ts';
import type { ManagedAccount, OwnAccess, WithAccess } from '../../../domain/front/access/access.ts';
import { mayWords, placesWord } from '../../../outgoing/may-words.ts';
import { href } from '../../../routes.ts';
import type { Deps, WebContext } from '../../context.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Reader } from '../../ui/reader.ts';
import { answerPage } from '../answer.ts';
import { peoplePage } from './frame.tsx';
import { type Managing, openPeople } from './managing.ts';

/** Who can do what, for whoever manages an account's people; for everybody else what they may do themselves. */
export async function showPeople(c: WebContext, deps: Deps): Promise<Response> {
  const managing = await openPeople(c, deps);
  if (managing instanceof Response) return managing;
  const { reader, managed, own, look } = managing;
  const { people } = reader.w;
  const told: Readonly<Record<string, string>> = people.told;
  const notice = told[c.req.query('told') ?? ''];
  const others = own.filter(({ id }) => !managed.some((account) => account.id === id));
  const body = (
    <>
      {managed.length === 0 && <h1>{people.title}</h1>}
      {notice && (
        <p className="note gap" role="status">
          <Icon name="check" />
          {notice}
        </p>
      )}
      {managed.map((account, at) => (
        <Account key={account.id} managing={managing} account={account} first={at === 0} />
      ))}
      {others.length > 0 && <Own reader={reader} own={others} several={own.length > 1} />}
    </>
  );
  return answerPage(c, deps, peoplePage(managing, people.title, href('people', { business: look.slug }), body));
}

type Of = Readonly<{ managing: Managing; account: ManagedAccount; first: boolean }>;

function Account({ managing: { reader, look }, account, first }: Of) {
  const { people } = reader.w;
  const customer = publicId('customer', account.id);
  return (
    <section className={first ? 'first' : undefined}>
      <div className="sum">
        <div>
          {first ? <h1 className="whole">{people.title}</h1> : <h2>{account.name}</h2>}
          <p className="lead">{people.lead(account.name)}</p>
        </div>
        <div className="act">
          <a className="btn" href={href('invitePerson', { business: look.slug, customer })}>
            {people.invite}
          </a>
        </div>
      </div>
      <ul className="rows sec">
        {account.people.map((person) => (
          <Row
            key={person.id}
            reader={reader}
            person={person}
            zone={look.zone}
            address={href('person', { business: look.slug, customer, person: publicId('person', person.id) })}
          />
        ))}
      </ul>
      {account.properties.length > 1 && <Grid reader={reader} account={account} />}
    </section>
  );
}

function Row({ reader, person, zone, address }: Readonly<{ reader: Reader; person: WithAccess; zone: string; address: string }>) {
  const { people, access } = reader.w;
  const state = person.bounced ? people.bounced : person.verified || person.own ? '' : people.invitedOn(reader.day(todayIn(zone, person.createdAt)));
  return (
    <li>
      <span>
        <a className="row" href={address}>
          {person.name}
        </a>
        {person.own && <small> · {access.you}</small>}
        <br />
        <small>{[person.email || people.noAddress, person.sharedMailbox && people.sharedMailbox].filter(Boolean).join(' · ')}</small>
      </span>
      <span className="n dim" aria-hidden="true">
        <Icon name="next" />
      </span>
      <small>
        {[...mayOf(reader, person), placesOf(reader, person)].join(' · ')}
        {state && (
          <>
            <br />
            <b>{state}</b>
          </>
        )}
      </small>
    </li>
  );
}

type May = Pick<WithAccess, 'rights' | 'approvesUpToMinor'>;

const factsOf = ({ rights, approvesUpToMinor }: May) => ({ ...rights, properties: rights.propertyIds?.length ?? null, approvesUpToMinor });
export const mayOf = (reader: Reader, may: May): string[] => mayWords(reader.w, factsOf(may), reader.money);
const placesOf = (reader: Reader, may: May): string => placesWord(reader.w, factsOf(may));

/** Who sees which property: a row each, a column a person. For a desktop; the list above says the same. */
function Grid({ reader, account }: Readonly<{ reader: Reader; account: ManagedAccount }>) {
  const { grid } = reader.w.people;
  return (
    <div className="desk sec">
      <h2 id={`grid-${account.id}`}>{grid.title}</h2>
      <div className="scroll">
        <table aria-labelledby={`grid-${account.id}`}>
          <thead>
            <tr>
              <th scope="col">{grid.property}</th>
              {account.people.map((person) => (
                <th key={person.id} scope="col">
                  {person.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {account.properties.map((property) => (
              <tr key={property.id}>
                <th scope="row">{property.title}</th>
                {account.people.map((person) => {
                  const sees = person.rights.propertyIds?.includes(property.id) ?? true;
                  return (
                    <td key={person.id} className={sees ? undefined : 'dim'}>
                      {sees ? <Icon name="check" /> : '–'}
                      <span className="v">{sees ? grid.yes : grid.no}</span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** What somebody who manages nobody may do themselves. */
function Own({ reader, own, several }: Readonly<{ reader: Reader; own: readonly OwnAccess[]; several: boolean }>) {
  const { people } = reader.w;
  return (
    <section>
      <h2>{people.own.title}</h2>
      <ul className="rows">
        {own.map((access) => (
          <li key={access.id}>
            <span>
              {several && <b>{access.name}</b>}
              {several && <br />}
              {mayOf(reader, access).join(' · ')}
            </span>
            <span />
            <small>{placesOf(reader, access)}</small>
          </li>
        ))}
      </ul>
      <p className="lead">{people.own.askUs}</p>
    </section>
  );
}
