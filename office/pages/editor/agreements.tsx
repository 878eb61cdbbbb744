import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { chargeRulesQuery, customerChargesQuery } from '../../api/queries.ts';
import type { EarlyDiscount, LateFee } from '../../api/types.ts';
import { EarlyFields, earlyKey, firstEarly, firstLateFee, LateFeeFields, lateKey, RulePick, useRuleWords } from '../../parts/charge-rules.tsx';
import { useEditor } from './editor-context.ts';

/** What this invoice says about paying late and early: as usual, nothing, or its own. Frozen when it is issued. */
export function Agreements() {
  const { invoice, draft, dispatch } = useEditor();
  const rules = useQuery(chargeRulesQuery).data;
  const customer = useQuery(customerChargesQuery(draft.customerId)).data;
  const words = useRuleWords(invoice.currency);
  if (invoice.purpose !== 'bill' || rules === undefined || customer === undefined) return null;
  const late = agreed(customer.lateFee, rules.lateFee);
  const early = agreed(customer.earlyDiscount, rules.earlyDiscount);
  return (
    <div className="sheet-part fields">
      <Choice<LateFee>
        label="Paying late"
        none="No late fee"
        own="A late fee for this invoice"
        words={words.late}
        keyOf={lateKey}
        usual={late}
        rule={draft.lateFee}
        first={late ?? firstLateFee}
        onRule={(lateFee) => dispatch({ act: 'set', fields: { lateFee } })}
      >
        {(rule, onRule) => <LateFeeFields rule={rule} currency={invoice.currency} onRule={onRule} />}
      </Choice>
      <Choice<EarlyDiscount>
        label="Paying early"
        none="No discount for paying early"
        own="A discount for this invoice"
        words={words.early}
        keyOf={earlyKey}
        usual={early}
        rule={draft.earlyDiscount}
        first={early ?? firstEarly}
        onRule={(earlyDiscount) => dispatch({ act: 'set', fields: { earlyDiscount } })}
      >
        {(rule, onRule) => <EarlyFields rule={rule} onRule={onRule} />}
      </Choice>
    </div>
  );
}

/** What was agreed with the customer, else what is usual. */
function agreed<T>(customers: T | 'off' | null, usual: T | null): T | null {
  return customers === 'off' ? null : (customers ?? usual);
}

type ChoiceProps<T> = {
  label: string;
  none: string;
  own: string;
  words: (rule: T | null) => string;
  keyOf: (rule: T | null) => string;
  usual: T | null;
  rule: T | null;
  first: T;
  onRule: (rule: T | null) => void;
  children: (rule: T, onRule: (rule: T) => void) => React.ReactNode;
};

function Choice<T extends object>({ label, none, own, words, keyOf, usual, rule, first, onRule, children }: ChoiceProps<T>) {
  // Its own although it says the same as usual, until somebody chooses otherwise.
  const [asOwn, setOwn] = useState(false);
  const isUsual = !asOwn && usual !== null && keyOf(rule) === keyOf(usual);
  return (
    <RulePick
      label={label}
      none={none}
      own={own}
      {...(usual === null ? {} : { usual: words(usual) })}
      value={isUsual ? 'usual' : (rule ?? 'off')}
      first={first}
      onValue={(value) => {
        setOwn(typeof value === 'object');
        onRule(value === 'usual' ? usual : value === 'off' ? null : value);
      }}
    >
      {(own) => children(own, onRule)}
    </RulePick>
  );
}
