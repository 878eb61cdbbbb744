/** The look of the API's page: one column to read, contents beside it where there is room, light and dark. */
export const docsStyle = `
:root{color-scheme:light dark;--ink:#1c2321;--quiet:#5b6663;--line:#dfe4e2;--paper:#fff;--tint:#f4f7f6;--accent:#1f5f4a}
@media (prefers-color-scheme:dark){:root{--ink:#e6ebe9;--quiet:#a3aeaa;--line:#33403b;--paper:#141917;--tint:#1c2320;--accent:#7fd1b3}}
*{box-sizing:border-box}
body{margin:0;font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:1rem 1.25rem;border-bottom:1px solid var(--line)}
nav strong{width:100%}
main{max-width:52rem;padding:0 1.25rem 6rem}
h1{font-size:1.75rem;margin:1.5rem 0 .5rem}
h2{font-size:1.35rem;margin:3rem 0 .5rem;padding-top:1rem;border-top:2px solid var(--line)}
h3{font-size:1.05rem;margin:2rem 0 .25rem}
p{margin:.35rem 0}
a{color:var(--accent)}
.quiet{color:var(--quiet);font-size:.9rem}
code,pre{font:0.875rem/1.5 ui-monospace,monospace;background:var(--tint);border-radius:4px}
code{padding:.1rem .3rem}
pre{padding:.75rem 1rem;overflow-x:auto}
.call{display:inline-block;padding:.25rem .5rem;overflow-wrap:anywhere}
details{margin:.5rem 0}
summary{cursor:pointer;font-size:.9rem;padding:.25rem 0}
table{border-collapse:collapse;width:100%;font-size:.875rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th{font-weight:600;font-family:ui-monospace,monospace;font-size:.8rem;width:34%}
td:nth-child(2){color:var(--quiet);width:26%}
:target{background:var(--tint)}
@media (min-width:64rem){body{display:grid;grid-template-columns:14rem 1fr}nav{position:sticky;top:0;height:100vh;overflow:auto;flex-direction:column;flex-wrap:nowrap;border-bottom:0;border-right:1px solid var(--line)}main{padding:0 3rem 6rem}}
@media print{nav{display:none}}
`;
