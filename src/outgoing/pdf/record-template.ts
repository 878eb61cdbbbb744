import { sheetFacts, sheetHead, sheetSetup, sheetWork } from './page-template.ts';

/** The pages of an estimate as it was sent, a last page that says how it was approved, and the original as a file inside. */
const certificate = `
#let c = d.certificate
#set document(keywords: (c.mark,))
#pdf.attach(c.attached.name, relationship: "source", mime-type: "application/pdf", description: c.attached.description)
#pagebreak()
#{
  show heading: set text(size: 17pt, weight: 600)
  heading(level: 1, c.title)
}
#v(2mm)
#words-of(c.lead)
#v(5mm)
#let pairs(rows, mono) = grid(
  columns: (58mm, 1fr), column-gutter: 6mm, row-gutter: 2.2mm,
  ..rows.map(r => (text(fill: quiet, words-of(r.label)), if mono { text(size: 8pt, r.value.clusters().chunks(8).map(g => g.join()).join(" ")) } else { words-of(r.value) })).flatten(),
)
#heading(level: 2, c.chosenTitle)
#table(
  columns: (1fr, auto, auto), inset: (x, y) => (left: if x == 0 { 0pt } else { 4.5mm }, right: 0pt, y: 1.6mm), stroke: (x, y) => (bottom: hairline),
  align: (left + top, right + top, right + top),
  ..c.chosen.map(r => (words-of(r.name), r.quantity, r.amount)).flatten(),
)
#v(2mm)
#align(right, block(width: 62%, grid(
  columns: (1fr, auto), align: (left + top, right + top), row-gutter: 2mm,
  ..c.totals.map(t => {
    let style(it) = if t.kind == "total" { text(size: 12pt, weight: 600, it) } else if t.kind == "detail" { text(size: 8.5pt, fill: quiet, it) } else { it }
    (style(words-of(t.label)), style(t.value))
  }).flatten(),
)))
#for note in c.notes { align(right, block(above: 2mm, text(size: 8.5pt, fill: quiet, words-of(note)))) }
#v(4mm)
#line(length: 100%, stroke: hairline)
#v(3mm)
#pairs(c.who, false)
#v(3mm)
#line(length: 100%, stroke: hairline)
#v(3mm)
#pairs(c.prints, true)
#v(3mm)
#text(size: 8.5pt, fill: quiet, words-of(c.attached.text))
#v(4mm)
#block(breakable: false, width: 100%, stroke: (top: hairline), inset: (top: 4mm), grid(
  columns: (1fr, auto), column-gutter: 10mm,
  { heading(level: 2, c.check.title); words-of(c.check.text) },
  image(bytes(c.check.svg), format: "svg", width: 25mm, alt: c.check.alt),
))
`;
export const recordTemplate = `\n#let d = json("data.json")\n${sheetSetup}${sheetHead}${sheetFacts}${sheetWork}${certificate}`;
