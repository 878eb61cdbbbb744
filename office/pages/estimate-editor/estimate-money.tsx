import { ActionIcon, Button, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useState } from 'react';
import { type PlanStage as CoreStage, depositDue, isPlan, mostStages, planDue } from '../../../src/core/choices.ts';
import type { EstimateDraft } from '../../api/types.ts';
import { useMoney } from '../../parts/money.tsx';
import { type Discount, readDiscount, typedDiscount } from '../editor/discount-text.ts';
import { SheetTotals } from '../editor/totals-box.tsx';
import { closeEstimate, useEstimate } from './estimate-context.ts';
import { hasChoices } from './estimate-editor.tsx';

type Stage = NonNullable<EstimateDraft['plan']>[number];

const coreStage = ({ label, ratePpm, amountMinor }: Stage): CoreStage =>
  amountMinor === null || amountMinor === undefined ? { label, ratePpm: BigInt(ratePpm ?? 0) } : { label, amountMinor: BigInt(amountMinor) };

/** What the estimate comes to as suggested, and what of it is asked for ahead. */
export function EstimateTotals() {
  const { estimate, draft, live } = useEstimate();
  const money = useMoney();
  const totalMinor = live.totals?.totalMinor ?? 0n;
  const { deposit } = draft;
  const due =
    deposit &&
    depositDue(
      deposit.kind === 'percent' ? { kind: 'percent', ratePpm: BigInt(deposit.ratePpm) } : { kind: 'amount', amountMinor: BigInt(deposit.amountMinor) },
      totalMinor,
    );
  return (
    <SheetTotals
      total={hasChoices(closeEstimate(draft)) ? 'As suggested' : 'Total'}
      before={<Deposit />}
      after={
        due !== null && (
          <>
            <dt>Deposit on approval</dt>
            <dd>{money(Number(due), estimate.currency)}</dd>
          </>
        )
      }
    />
  );
}

function Deposit() {
  const { estimate, draft, dispatch, problems } = useEstimate();
  return (
    <ShareField
      label="Deposit on approval"
      placeholder="30% or 500.00"
      share={draft.deposit}
      currency={estimate.currency}
      error={problems['deposit'] ?? problems['deposit.ratePpm'] ?? problems['deposit.amountMinor']}
      onShare={(deposit) => dispatch({ act: 'set', fields: { deposit } })}
    />
  );
}

type ShareProps = {
  label: string;
  placeholder: string;
  share: Discount | null;
  currency: string;
  error?: string | undefined;
  onShare: (share: Discount | null) => void;
};

/** "30%" or "500.00", as people write it. */
function ShareField({ label, placeholder, share, currency, error, onShare }: ShareProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && readDiscount(typed, currency) === undefined;
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      w={170}
      value={typed ?? typedDiscount(share, currency)}
      error={wrong ? 'Write 30% or an amount.' : error}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const read = readDiscount(event.currentTarget.value, currency);
        if (read !== undefined) onShare(read);
      }}
      onBlur={() => !wrong && setTyped(null)}
    />
  );
}

const firstPlan: Stage[] = [
  { label: 'To begin', ratePpm: 500_000 },
  { label: 'When it is done', ratePpm: 500_000 },
];
const shareOf = ({ ratePpm, amountMinor }: Stage): Discount | null =>
  amountMinor !== null && amountMinor !== undefined ? { kind: 'amount', amountMinor } : ratePpm ? { kind: 'percent', ratePpm } : null;
const stageOf = (label: string, share: Discount | null): Stage =>
  share?.kind === 'amount' ? { label, amountMinor: share.amountMinor } : { label, ratePpm: share?.ratePpm ?? 0 };

/** What is paid as the work goes on. */
export function Money() {
  const { estimate, draft, dispatch, live, problems } = useEstimate();
  const money = useMoney();
  const { plan } = draft;
  const set = (next: Stage[] | null): void => dispatch({ act: 'set', fields: { plan: next } });
  if (plan === null) {
    return (
      <div className="sheet-part">
        <Button variant="subtle" color="gray" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => set(firstPlan)}>
          Paid in stages
        </Button>
      </div>
    );
  }
  const sound = isPlan(plan.map(coreStage));
  const dues = sound && live.totals ? planDue(plan.map(coreStage), live.totals.totalMinor) : null;
  return (
    <fieldset className="sheet-part fieldset">
      <legend>Stages</legend>
      {plan.map((stage, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: stages have no id; they are only added and removed at their place
        <div className="stage" key={at}>
          <TextInput
            aria-label={`Stage ${at + 1}`}
            placeholder="When it is due"
            className="grow"
            maxLength={120}
            value={stage.label}
            onChange={(event) => set(plan.with(at, { ...stage, label: event.currentTarget.value }))}
          />
          <StageShare at={at} stage={stage} currency={estimate.currency} onStage={(next) => set(plan.with(at, next))} />
          <span className="stage-due num">{dues ? money(Number(dues[at]?.amountMinor ?? 0n), estimate.currency) : ''}</span>
          <ActionIcon size="sm" aria-label={`Remove stage ${at + 1}`} onClick={() => set(plan.length <= 2 ? null : plan.toSpliced(at, 1))}>
            <IconX size={15} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {plan.length < mostStages && (
        <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => set([...plan, { label: '', ratePpm: 0 }])}>
          Add stage
        </Button>
      )}
      {!sound && <p className="bad small">{problems['plan'] ?? 'Each stage has a name and a share or an amount; the shares come to 100%.'}</p>}
    </fieldset>
  );
}

function StageShare({ at, stage, currency, onStage }: { at: number; stage: Stage; currency: string; onStage: (stage: Stage) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && readDiscount(typed, currency) === undefined;
  return (
    <TextInput
      aria-label={`Share of stage ${at + 1}`}
      placeholder="50% or 500.00"
      w={120}
      value={typed ?? typedDiscount(shareOf(stage), currency)}
      error={wrong}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const read = readDiscount(event.currentTarget.value, currency);
        if (read !== undefined) onStage(stageOf(stage.label, read));
      }}
      onBlur={() => !wrong && setTyped(null)}
    />
  );
}
