/** The look of the guide: plain, so that nobody takes it for the product. */
export const guideStyle = `
:root{color-scheme:light dark;--ink:#1c2321;--quiet:#5b6663;--line:#dfe4e2;--paper:#fff;--soft:#f4f6f5;--accent:#1f5f4a;--on:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#e6ebe9;--quiet:#a3aeaa;--line:#33403b;--paper:#141917;--soft:#1d2421;--accent:#7fd1b3;--on:#10201a}}
*{box-sizing:border-box}
body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
main{max-width:54rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
h1{font-size:1.625rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:1.125rem;margin:0 0 .5rem}
section{margin-top:2.25rem}
p{margin:.25rem 0}
.quiet,.steps p{color:var(--quiet)}
.quiet{font-size:.9375rem}
[role=status]{padding:.75rem 1rem;border-radius:8px;background:var(--soft);margin:1rem 0}
ol,ul{list-style:none;margin:0;padding:0}
.steps li{display:flex;gap:.875rem;padding:.75rem 0;border-bottom:1px solid var(--line)}
.tick{flex:none;width:1.75rem;height:1.75rem;border-radius:50%;border:1px solid var(--line);display:grid;place-items:center;font-size:.875rem;font-weight:650}
.done .tick{background:var(--accent);border-color:var(--accent);color:var(--on)}
.rows li{display:grid;grid-template-columns:1fr auto;gap:0 1.25rem;align-items:center;padding:.5rem 0;border-bottom:1px solid var(--line);min-height:3rem}
.rows .quiet{display:block}
@media(max-width:36rem){.rows li{grid-template-columns:1fr}}
.rows b{font-weight:600}
.acts{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center}
a,.rows button{color:var(--accent)}
a,.rows button,.rows form{display:inline-flex;align-items:center;min-height:2rem}
.rows button{font:inherit;background:none;border:0;padding:0;text-decoration:underline;cursor:pointer}
.people{display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));gap:.625rem}
.people button,details button{font:inherit;text-align:left;color:inherit;background:var(--soft);border:1px solid var(--line);border-radius:8px;padding:.625rem .875rem;cursor:pointer}
.people button:hover,details button:hover{border-color:var(--accent)}
.people b,.people span{display:block}
.people span{color:var(--quiet);font-size:.875rem}
summary{cursor:pointer;min-height:2rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
`;
