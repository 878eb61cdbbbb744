import { createJob } from '../jobs/jobs.ts';
import { addVisitPhoto, finishVisit, planVisit, skipVisit } from '../jobs/visits.ts';
import { lineOf } from './history.ts';
import { type Scene, scene } from './scenes.ts';
import type { Stage } from './stage.ts';
import { type DemoLine, one } from './work.ts';

/** A job of one visit as it is told: what for, where, who goes, and when. `daysAgo` below zero lies ahead. */
export type Told = Readonly<{
  customer: string;
  property?: string;
  title: string;
  daysAgo: number;
  from?: string;
  until?: string;
  nobody?: true;
  lines?: readonly DemoLine[];
  crewNotes?: string;
  note?: string;
  /** What was done; else it lies ahead. */
  done?: string;
  skipped?: string;
  photo?: string;
}>;

/** Plans a job and its visit, and tells how it went. Answers the job. */
export async function tell({ house, days, tools }: Stage, at: Temporal.Instant, told: Told): Promise<string> {
  const { customer, property, title, daysAgo, from = null, until = null, lines = [], crewNotes = '', note = '', done, skipped } = told;
  const kept = told.photo === undefined ? null : await tools.files.put(house.business, await tools.pictures.drain());
  return house.office(at, async (scope) => {
    const job = await createJob(scope, {
      ...{ customerId: house.customers.get(customer) ?? '', propertyId: house.properties.get(property ?? '') ?? null, title, crewNotes, customerNotes: note },
      lines: lines.map((line) => lineOf(house, line)),
    });
    const crew = told.nobody || !house.crew?.id ? [] : [house.crew.id];
    const visit = await planVisit(scope, { jobId: job.id, day: days.ago(daysAgo), from, until, crew });
    if (kept !== null) await addVisitPhoto(scope, visit.id, { name: told.photo ?? '', mediaType: 'image/jpeg', bytes: kept.size, sha256: kept.sha256 });
    if (done !== undefined) await finishVisit(scope, visit.id, done);
    if (skipped !== undefined) await skipVisit(scope, visit.id, skipped);
    return job.id;
  });
}

const yearly = ['LK-01', 'LK-03', 'LK-05', 'LK-07', 'LK-09', 'LK-11'];

/** Two years of looking after Larkspur's buildings, one visit a month. */
const rounds: readonly Scene[] = Array.from({ length: 22 }, (_, at) =>
  scene(50 + at * 30, 21, (stage, moment) =>
    tell(stage, moment, {
      customer: 'larkspur',
      property: yearly[at % yearly.length] ?? 'LK-01',
      title: at % 2 === 0 ? 'Water heater check' : 'Shutoff valves and supply lines',
      daysAgo: 50 + at * 30,
      from: '09:00',
      until: '11:00',
      ...(at === 3
        ? { skipped: 'The boiler room was locked.' }
        : { done: at % 2 === 0 ? 'Flushed; anode fine.' : 'All valves turned; two packings tightened.' }),
    }),
  ),
);

/** What was skipped lately, and what lies ahead: some with somebody to go, one that nobody was given yet. */
export const otterVisits: readonly Scene[] = [
  ...rounds,
  scene(10, 20, async (stage, at) => {
    const told = await tell(stage, at, {
      ...{ customer: 'rosa', title: 'Destape de desagüe, fregadero de cocina', daysAgo: 10, from: '15:00', until: '17:00', photo: 'fregadero-despues.jpg' },
      done: 'Grasa retirada de 12 pies de tubería; probado con agua caliente.',
      lines: [
        one('Destape de desagüe, fregadero de cocina', 18_600, {
          item: 'Drain cleaning, sink or tub',
          unit: 'servicio',
          description: 'Máquina de cable, hasta 12 pies. Grasa retirada; probado con agua caliente.',
        }),
      ],
    });
    stage.jobs.set('rosa', told);
  }),
  scene(19, 19, (stage, at) =>
    tell(stage, at, {
      ...{ customer: 'larkspur', property: 'LK-05', title: 'Backflow test, yearly', daysAgo: 18, from: '13:00', until: '15:00' },
      skipped: 'Water was shut off for the whole street. Not charged.',
    }),
  ),
  scene(3, 22, (stage, at) =>
    tell(stage, at, {
      ...{ customer: 'rosa', title: 'Fregadero de cocina, revisión', daysAgo: -3, from: '08:00', until: '10:00' },
      note: 'Por favor, deje libre el espacio debajo del fregadero.',
      crewNotes: 'Free of charge within 30 days. Bring the small snake.',
    }),
  ),
  scene(2, 22, (stage, at) =>
    tell(stage, at, {
      ...{ customer: 'larkspur', property: 'LK-03', title: 'Replace shutoff valves', daysAgo: -1, from: '09:00', until: '11:00' },
      lines: [one('Plumber labor', 37_500), one('Parts and fittings', 16_000, { taxed: true })],
      note: 'Water is off for about an hour.',
    }),
  ),
  scene(1, 22, async (stage, at) => {
    const today = { daysAgo: 0, customer: 'larkspur' };
    await tell(stage, at, {
      ...today,
      customer: 'marlowes',
      title: 'Disposal jams again',
      from: '08:00',
      until: '09:30',
      crewNotes: 'Side door, dog is friendly.',
    });
    const key = 'Key at the desk of Dana Whitlock.';
    await tell(stage, at, { ...today, property: 'LK-07', title: 'Faucet drips in 7B', from: '13:00', until: '15:00', crewNotes: key });
    await tell(stage, at, { ...today, property: 'LK-11', title: 'Sump pump, yearly check', daysAgo: -6, nobody: true });
  }),
];

/** Cleaning of Larkspur's common areas, as Moonbeam Mop tells it. */
export const mopVisits: readonly Scene[] = [
  scene(8, 20, (stage, at) =>
    tell(stage, at, { customer: 'larkspur', title: 'Common areas, weekly', daysAgo: 8, done: 'Lobbies, stairs and laundry rooms. Elevator doors polished.' }),
  ),
  scene(1, 20, (stage, at) => tell(stage, at, { customer: 'larkspur', title: 'Common areas, weekly', daysAgo: 1, done: 'Lobbies, stairs and laundry rooms.' })),
  scene(1, 21, (stage, at) => tell(stage, at, { customer: 'larkspur', title: 'Common areas, weekly', daysAgo: -6, from: '07:00', until: '12:00' })),
];
