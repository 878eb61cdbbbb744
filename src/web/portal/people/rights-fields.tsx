import { publicId } from '../../../core/ids.ts';
import type { ManagedAccount, WithAccess } from '../../../domain/front/access/access.ts';
import { Choice, Field, type FormProblem, problemText } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { Reader } from '../../ui/reader.ts';
import type { TypedRights } from './rights-given.ts';

type Fields = Readonly<{ reader: Reader; account: ManagedAccount; typed: TypedRights; problem: FormProblem; sharedMailbox: boolean }>;

/** What somebody may do and for which properties, as one form. What the manager may not do is not offered, unless it stands already. */
export function RightsFields({ reader, account, typed, problem, sharedMailbox }: Fields) {
  const { form, can } = reader.w.people;
  const self = account.people.find(({ own }) => own);
  return (
    <>
      <fieldset className="pick">
        <legend>{form.may}</legend>
        <p className="lead s">{form.always}</p>
        <Tick name="canAsk" label={can.ask} on={typed.ask} offered={mayGive(self, 'canAsk')} />
        <Tick name="canPay" label={can.pay} on={typed.pay} offered={mayGive(self, 'canPay')} />
        <Tick name="bills" label={can.bills} on={typed.bills} offered />
        <Tick name="canManage" label={can.manage} on={typed.manage} offered />
        <Wrong reader={reader} problem={problem} names={['canAsk', 'canPay', 'canManage']} />
      </fieldset>
      {!sharedMailbox && <Limit reader={reader} account={account} self={self} typed={typed} problem={problem} />}
      {account.properties.length > 0 && <Properties reader={reader} account={account} typed={typed} problem={problem} />}
    </>
  );
}

const mayGive = (self: WithAccess | undefined, right: 'canAsk' | 'canPay'): boolean => self?.rights[right] ?? false;

function Tick({ name, label, on, offered }: Readonly<{ name: string; label: string; on: boolean; offered: boolean }>) {
  if (!offered && !on) return null;
  return (
    <label>
      <input type="checkbox" name={name} value="1" defaultChecked={on} />
      <span>{label}</span>
    </label>
  );
}

type Part = Omit<Fields, 'sharedMailbox'>;

function Limit({ reader, account, self, typed, problem }: Part & Readonly<{ self: WithAccess | undefined }>) {
  const { form } = reader.w.people;
  const own = self?.approvesUpToMinor ?? null;
  const hint = account.kind === 'residential' ? form.approveHome : form.approveCompany;
  return (
    <Field
      label={form.approve}
      name="approveLimitMinor"
      inputMode="decimal"
      maxLength={20}
      value={typed.approve}
      problem={problem}
      hint={own === null ? hint : `${hint} ${form.approveOwn(reader.money(own))}`}
    />
  );
}

function Properties({ reader, account, typed, problem }: Part) {
  const { form } = reader.w.people;
  const chosen = new Set(typed.properties);
  return (
    <fieldset className="pick">
      <legend>{form.which}</legend>
      <Choice name="which" value="all" checked={typed.all}>
        <span>{form.all}</span>
      </Choice>
      <Choice name="which" value="some" checked={!typed.all}>
        <span>{form.some}</span>
      </Choice>
      <div className="in places">
        {account.properties.map(({ id, title }) => {
          const value = publicId('property', id);
          return (
            <label key={id}>
              <input type="checkbox" name="propertyIds" value={value} defaultChecked={chosen.has(value)} />
              <span>{title}</span>
            </label>
          );
        })}
      </div>
      <Wrong reader={reader} problem={problem} names={['propertyIds']} />
    </fieldset>
  );
}

function Wrong({ reader, problem, names }: Readonly<{ reader: Reader; problem: FormProblem; names: readonly string[] }>) {
  if (problem?.field === undefined || !names.includes(problem.field)) return null;
  return (
    <p className="err">
      <Icon name="alert" />
      {problemText(reader.w, problem)}
    </p>
  );
}
