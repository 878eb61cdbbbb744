/**
 * The Typst source of a bill on paper. It reads `data.json` (a PaperPage) and prints what is in there letter by letter: nothing a
 * person typed is ever markup. Without figures of its own: every amount and word comes ready from the facts.
 */
/** Looks and short hands that every sheet begins with. */
export const sheetSetup = String.raw`#let accent = rgb(d.accent)
#let ink = rgb("#1b1d20")
#let quiet = rgb("#5b6068")
#let line-color = rgb("#d4d7dc")
#let hairline = 0.5pt + line-color

#set document(title: d.title, author: d.author, description: d.title, date: auto)
#set text(font: ("Noto Sans", "Noto Emoji", "Noto Sans JP"), fallback: false, size: 9.5pt, fill: ink, lang: d.lang, region: d.region, number-width: "tabular", hyphenate: false, overhang: false)
#set par(leading: 0.58em, spacing: 0.58em)
#set page(
  paper: d.paper,
  margin: (x: 18mm, top: 17mm, bottom: 21mm),
  footer: context {
    set text(size: 8pt, fill: quiet)
    line(length: 100%, stroke: hairline)
    v(-2pt)
    grid(columns: (1fr, auto), column-gutter: 8mm, d.footer.text,
      d.footer.page.replace("{n}", str(counter(page).get().first())).replace("{m}", str(counter(page).final().first())))
  },
)
#show heading: set text(size: 9.5pt, weight: 600)
#show heading: set block(above: 0pt, below: 2mm)

// A word longer than its column may break anywhere; all others keep together.
#let soft(word) = if word.len() > 36 { word.clusters().chunks(12).map(c => c.join()).join("\u{200b}") } else { word }
#let lines-of(s) = s.split("\n").map(l => l.split(" ").map(soft).join(" ")).join(linebreak())
#let words-of(s) = if s == none { [] } else { lines-of(s) }
#let label(s) = text(size: 8pt, fill: quiet, s)
#let caption(s) = heading(level: 2, text(size: 8pt, weight: 400, fill: quiet, s))

`;
/** The business and what the paper is. */
export const sheetHead = `// Who sends it, and what it is.
#grid(
  columns: (1fr, auto), column-gutter: 10mm, align: (left + top, right + top),
  {
    if d.logo != none { block(below: 3mm, image(d.logo.name, height: d.logo.heightMm * 1mm, alt: d.author)) }
    text(size: if d.logo == none { 15pt } else { 10.5pt }, weight: 600, fill: if d.logo == none { accent } else { ink }, words-of(d.author))
    if d.business.len() > 0 { block(above: 2mm, text(size: 8.5pt, fill: quiet, d.business.map(words-of).join(linebreak()))) }
  },
  {
    show heading: set text(size: 17pt, weight: 600)
    heading(level: 1, d.heading)
    if d.flag != none { block(above: 1.5mm, text(size: 8.5pt, fill: quiet, words-of(d.flag))) }
  },
)
#v(5mm)
#line(length: 100%, stroke: 1.2pt + accent)
#v(4mm)

`;
/** Whose it is, where, how much. */
export const sheetFacts = `// Whose bill, where, how much, by when.
#grid(
  columns: if d.place == none { (1fr, auto) } else { (1fr, 1fr, auto) }, column-gutter: 8mm, align: (left + top, left + top, right + top),
  ..(d.billTo, d.place).filter(b => b != none).map(b => {
    caption(b.label)
    text(weight: 600, words-of(b.lines.first()))
    if b.lines.len() > 1 { linebreak(); b.lines.slice(1).map(words-of).join(linebreak()) }
  }),
  if d.amount != none {
    set align(right)
    caption(d.amount.label)
    block(above: 0pt, below: 2.2mm, text(size: 21pt, weight: 600, fill: accent, d.amount.value))
    text(weight: 600, d.amount.note)
  },
)
`;
/** The work, what it comes to, how to pay it. */
export const sheetWork = `#if d.meta.len() > 0 {
  v(5mm)
  block(width: 100%, stroke: (y: hairline), inset: (y: 2.4mm), {
    grid(columns: calc.min(d.meta.len(), 4), column-gutter: 9mm, row-gutter: 2.4mm, ..d.meta.map(m => { label(m.label); linebreak(); words-of(m.value) }))
  })
}
#if d.message != none { block(above: 5mm, below: 5mm, words-of(d.message)) } else { v(4mm) }
#let told(texts) = for t in texts { v(4mm); heading(level: 2, t.title); words-of(t.text); v(2mm) }
#told(d.at("before", default: ()))

// The work, property by property.
#let dated = d.columns.len() == 5
#let count = d.columns.len()
#let row(r) = (
  {
    words-of(r.name)
    for more in r.more { linebreak(); text(size: 8.5pt, fill: quiet, words-of(more)) }
  },
  ..(if dated { (r.date,) } else { () }),
  r.quantity, r.price, r.amount,
)
#let head(r) = table.cell(colspan: count, align: left, inset: (top: 3.6mm, bottom: 1.8mm), stroke: (bottom: hairline), {
  text(weight: 600, fill: accent, words-of(r.title))
  if r.address != none { linebreak(); text(size: 8.5pt, fill: quiet, words-of(r.address)) }
})
#let foot(s) = s.map(f => (
  table.cell(colspan: count - 1, align: right, stroke: none, inset: (y: 1mm), text(size: 8.5pt, fill: if f.strong { ink } else { quiet }, weight: if f.strong { 600 } else { 400 }, f.label)),
  table.cell(stroke: none, inset: (left: 3mm, right: 0pt, y: 1mm), text(size: 8.5pt, fill: if f.strong { ink } else { quiet }, weight: if f.strong { 600 } else { 400 }, f.value)),
)).flatten()
#if count > 0 {
  table(
    columns: (1fr,) + (auto,) * (count - 1),
    align: (left + top,) + (if dated { (left + top,) } else { () }) + (right + top,) * 3,
    inset: (x, y) => (left: if x == 0 { 0pt } else { 4.5mm }, right: 0pt, y: 1.9mm),
    stroke: (x, y) => (bottom: hairline),
    table.header(..d.columns.map(c => text(size: 8pt, fill: quiet, c))),
    ..d.sections.map(s => (
      if s.title != none { (table.header(level: 2, repeat: true, head(s)),) } else { () },
      s.rows.map(row).flatten(),
      foot(s.foot),
    )).flatten(),
  )
}

// What it comes to.
#if d.totals.len() > 0 {
  v(3mm)
  align(right, block(breakable: false, width: 62%, {
    grid(
      columns: (1fr, auto), align: (left + top, right + top),
      ..d.totals.map(t => {
        let style(it) = if t.kind == "total" { text(size: 12pt, weight: 600, it) } else if t.kind == "detail" { text(size: 8.5pt, fill: quiet, it) } else { it }
        let gap = if t.kind == "total" { 2.4mm } else if t.kind == "detail" { 0.8mm } else { 1.3mm }
        let rule = if t.kind == "total" { (top: 1pt + ink) } else { none }
        (grid.cell(stroke: rule, inset: (left: if t.kind == "detail" { 3mm } else { 0pt }, y: gap), style(words-of(t.label))),
         grid.cell(stroke: rule, inset: (left: 6mm, y: gap), style(t.value)))
      }).flatten(),
    )
  }))
}
#for note in d.notes { align(right, block(above: 1.5mm, text(size: 8.5pt, fill: quiet, words-of(note)))) }

#told(d.at("after", default: ()))

// How to pay it.
#if d.pay.len() > 0 or d.qr != none {
  v(7mm)
  block(breakable: false, width: 100%, stroke: (top: hairline), inset: (top: 4mm), grid(
    columns: if d.qr == none { (1fr,) } else { (1fr, auto) }, column-gutter: 10mm,
    for p in d.pay { block(below: 4.5mm, { heading(level: 2, p.title); words-of(p.text) }) },
    ..(if d.qr == none { () } else { (image(bytes(d.qr.svg), format: "svg", width: 25mm, alt: d.qr.alt),) }),
  ))
}
#if d.terms != none {
  v(5mm)
  heading(level: 2, d.terms.title)
  text(size: 8.5pt, fill: quiet, words-of(d.terms.text))
}
`;
export const pageTemplate = `\n#let d = json("data.json")\n${sheetSetup}${sheetHead}${sheetFacts}${sheetWork}`;
