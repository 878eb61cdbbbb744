import { invoicePdf } from '../../src/outgoing/pdf/invoice-page.ts';
import { pdfTemplates } from '../../src/outgoing/pdf/templates.ts';
import { startPdfRenderer } from '../../src/outside/pdf/renderer.ts';
import { invoiceFacts, salesTax } from '../../test/invoice-facts.ts';
import { type Result, short, spreadOf } from '../result.ts';

const alone = 100;
const together = 400;

/** An invoice of three lines with tax: what most are. Each has a number of its own, so nothing is drawn twice. */
export async function paper(): Promise<Result[]> {
  const renderer = startPdfRenderer(pdfTemplates);
  const draw = async (at: number): Promise<void> => {
    const facts = invoiceFacts({
      lines: [
        { name: 'Drain cleaning, main line', unitPriceMilli: 18_600_000n, taxRateId: salesTax.id },
        { name: 'Hedge trimming, per hour', quantityMilli: 2_500n, unitPriceMilli: 6_250_000n, taxRateId: salesTax.id },
        { name: 'Pressure wash, per sq ft', quantityMilli: 412_500n, unitPriceMilli: 18_000n },
      ],
      document: { number: `B-${at}` },
    });
    const outcome = await renderer.render(invoicePdf(facts, { logo: null, frontDoorUrl: 'http://localhost/bench' }));
    if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
  };
  try {
    // Both children warm first: their start is not the price of an invoice.
    await Promise.all(Array.from({ length: 40 }, (_, at) => draw(at)));
    const times: number[] = [];
    for (let at = 0; at < alone; at += 1) {
      const started = performance.now();
      await draw(1_000 + at);
      times.push(performance.now() - started);
    }
    const started = performance.now();
    await Promise.all(Array.from({ length: together }, (_, at) => draw(10_000 + at)));
    const perSecond = together / ((performance.now() - started) / 1000);
    const { median, text } = spreadOf(times);
    return [
      { name: 'invoice PDF, one at a time, median', value: median, unit: 'ms', limit: 8, atMost: true, spread: text },
      { name: 'invoice PDFs a second', value: perSecond, unit: 'a second', limit: 150, atMost: false, spread: `${short(together)} drawn` },
    ];
  } finally {
    await renderer.close();
  }
}
