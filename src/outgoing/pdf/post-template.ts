import { sheetHead, sheetSetup, sheetWork } from './page-template.ts';

/**
 * Many invoices as one print for window envelopes, with a checklist in front. Folded in three, the address stands 63.5 mm below the upper
 * edge and 24 mm from the left: inside the window of a US #10 and of a DL envelope, wherever the sheet slips.
 */
const setup = sheetSetup
  .replace(/^#set document\(.*\)$/m, '')
  .replace('counter(page).final().first()', 'counter(page).at(query(metadata.where(value: "end-" + str(at))).first().location()).first()');

const window = `
#block(width: 100%, height: 27mm, grid(
  columns: (1fr, auto), column-gutter: 8mm, align: (left + top, right + top),
  pad(left: 6mm, d.billTo.lines.map(words-of).join(linebreak())),
  if d.amount != none {
    set align(right)
    caption(d.amount.label)
    block(above: 0pt, below: 2.2mm, text(size: 21pt, weight: 600, fill: accent, d.amount.value))
    text(weight: 600, d.amount.note)
  },
))
#if d.place != none {
  caption(d.place.label)
  text(weight: 600, words-of(d.place.lines.first()))
  if d.place.lines.len() > 1 { linebreak(); d.place.lines.slice(1).map(words-of).join(linebreak()) }
}
`;

export const postTemplate = `
#let all = json("data.json")
#set document(title: all.title, author: all.author, description: all.title, date: auto)
#set text(font: ("Noto Sans", "Noto Emoji", "Noto Sans JP"), fallback: false, size: 9.5pt, fill: rgb("#1b1d20"), lang: "en", number-width: "tabular", hyphenate: false)
#set page(paper: all.paper, margin: (x: 18mm, top: 17mm, bottom: 21mm))
#heading(level: 1, text(size: 17pt, weight: 600, all.title))
#v(2mm)
#text(fill: rgb("#5b6068"), all.lead)
#v(5mm)
#table(
  columns: (auto, auto, 1fr, 1.4fr, auto), align: (left, left, left, left, right), inset: (x: 2mm, y: 2mm), stroke: (x, y) => (bottom: 0.5pt + rgb("#d4d7dc")),
  table.header(..all.columns.map(c => text(size: 8pt, fill: rgb("#5b6068"), c))),
  ..all.rows.map(r => (box(width: 3.4mm, height: 3.4mm, stroke: 0.7pt + rgb("#5b6068")), ..r)).flatten(),
)
#for (at, d) in all.sheets.enumerate() [
${setup}
#counter(page).update(1)
#block(width: 100%, height: 46.5mm)[
${sheetHead}
]
${window}
${sheetWork}
#metadata("end-" + str(at))
]
`;
