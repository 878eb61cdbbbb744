import './welcome.css';
import { CloseButton } from '@mantine/core';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { settingsQuery } from '../../api/queries.ts';
import { useAct } from '../../parts/act.ts';

type Step = { done: boolean; title: string; words: string; link: LinkProps };

/** The three first steps: logo, first customer, first invoice. They tick themselves and leave when done. */
export function FirstSteps({ always = false }: { always?: boolean }) {
  const { data: settings } = useQuery(settingsQuery);
  const change = useAct('changeSettings', { renew: ['settings'] });
  if (settings === undefined) return null;
  const { logo, customer, invoice, dismissed } = settings.welcome;
  if (!always && (dismissed || (logo && customer && invoice))) return null;
  const steps: Step[] = [
    {
      done: logo,
      title: 'Add your logo and color',
      words: 'Every page, mail and PDF wears them',
      link: { to: '/settings/$section', params: { section: 'look' } },
    },
    { done: customer, title: 'Add your first customer', words: 'Or bring in all of them from a file', link: { to: '/customers', search: { new: 'yes' } } },
    { done: invoice, title: 'Create your first invoice', words: 'See it as your customer will', link: { to: '/invoices/new' } },
  ];
  const next = steps.findIndex((step) => !step.done);
  return (
    <section className="card steps" aria-label="First steps">
      <ol>
        {steps.map((step, index) => (
          <li key={step.title} data-done={step.done || undefined} data-next={index === next || undefined}>
            <span className="step-sign" aria-hidden>
              {step.done ? <IconCheck size={14} stroke={2.5} /> : index + 1}
            </span>
            <span>
              <Link {...step.link} className="strong">
                {step.title}
              </Link>
              {step.done && <span className="sr"> (done)</span>}
              <span className="dim small step-words">{step.words}</span>
            </span>
          </li>
        ))}
      </ol>
      {!always && (
        <CloseButton
          size="sm"
          aria-label="Hide the first steps"
          onClick={() => change.mutate({ body: { welcome: { dismissed: true } }, version: settings.version })}
        />
      )}
    </section>
  );
}
