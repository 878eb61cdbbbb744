/**
 * The one style of all portal pages, sent inside each page: it is small, and a page that needs no second request is on the
 * screen one round trip earlier. Colors come as --a (the business's accent) and --oa (what reads on it).
 */
const sheet = `
*,::before,::after{box-sizing:border-box}
:root{color-scheme:light dark;--bg:#fff;--ink:#1b1d20;--dim:#5c6168;--line:#e1e3e6;--soft:#f5f6f7;--warn:#8a2c0d}
@media(prefers-color-scheme:dark){:root{--bg:#15171a;--ink:#eceef0;--dim:#a3a9b0;--line:#31353a;--soft:#1e2125;--warn:#ffb295}}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--ink);font:400 1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
h1,h2,h3,p,ul,ol,dl,dd,figure,fieldset{margin:0;padding:0}
ul,ol{list-style:none}
a{color:var(--a);text-underline-offset:.18em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--a);outline-offset:2px;border-radius:4px}
h1{font-size:1.375rem;line-height:1.25;font-weight:650;letter-spacing:-.01em}
h2{font-size:1.0625rem;line-height:1.3;font-weight:650}
h3{font-size:1rem;font-weight:600}
small,.dim{color:var(--dim)}
small,.s{font-size:.875em}
.s small{font-size:1em}
.n{white-space:nowrap;text-align:right}
.v{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip:focus{position:fixed;top:.5rem;left:.5rem;width:auto;height:auto;clip-path:none;background:var(--bg);padding:.5rem 1rem;z-index:9}
svg.i{width:1.15em;height:1.15em;flex:none;vertical-align:-.2em;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.top{border-bottom:1px solid var(--line)}
.top>div,main,.foot>div{max-width:44rem;margin:0 auto;padding:0 1.25rem}
.top>div{display:flex;align-items:center;justify-content:space-between;gap:1rem;min-height:4.25rem;padding-top:.75rem;padding-bottom:.75rem}
.top b{display:block;font-weight:650;line-height:1.3}
.top a{color:inherit;text-decoration:none;display:inline-block;min-height:1.5rem;line-height:1.5rem}
.top a:hover{text-decoration:underline}
.top small{display:block}
.logo{height:2.75rem;width:auto;max-width:9.5rem;object-fit:contain;object-position:right;display:block;flex:none}
.mark{height:2.75rem;width:2.75rem;border-radius:.625rem;background:var(--a);color:var(--oa);display:grid;place-items:center;font-weight:650;flex:none}
main{padding-top:1.75rem;padding-bottom:2.5rem;display:block}
section,.sec{margin-top:2rem}
section>h2,.sec>h2{padding-bottom:.625rem;border-bottom:1px solid var(--line)}
.lead{margin-top:.375rem;color:var(--dim)}
.sum{display:flex;flex-wrap:wrap;gap:1.25rem 2.5rem;justify-content:space-between;align-items:center}
.sum>:first-child{min-width:0}
.sum h1{font-size:1rem;font-weight:500;color:var(--dim);letter-spacing:0}
.big{font-size:2.75rem;line-height:1.1;font-weight:650;letter-spacing:-.025em;margin-top:.25rem;white-space:nowrap}
.long{font-size:2rem}
.off{color:var(--dim);text-decoration:line-through;text-decoration-thickness:2px}
.st{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .625rem;margin-top:.625rem}
.tag{display:inline-flex;align-items:center;min-height:1.75rem;gap:.375rem;font-weight:600;border:1px solid var(--ink);border-radius:99px;padding:.0625rem .6875rem .0625rem .5rem;font-size:.875rem;line-height:1.5rem;white-space:nowrap}
.tag.hot{background:var(--ink);color:var(--bg)}
.tag.calm{border-color:var(--line)}
.who{margin-top:.875rem}
.act{display:flex;flex-direction:column;gap:.5rem;min-width:14rem}
.btn{display:flex;align-items:center;justify-content:center;gap:.5rem;min-height:3.125rem;padding:.625rem 1.375rem;border-radius:.625rem;border:1px solid var(--a);background:var(--a);color:var(--oa);font:inherit;font-size:1.0625rem;font-weight:650;text-decoration:none;text-align:center;cursor:pointer;width:100%;line-height:1.25}
.btn:hover{filter:brightness(1.08)}
.btn:active{transform:translateY(1px)}
.btn.two{background:none;color:var(--a);border-color:var(--line)}
.btn.two:hover{border-color:var(--a);filter:none}
button.q{display:inline-flex;align-items:center;gap:.4375rem;font:inherit;color:var(--a);background:none;border:0;padding:0;text-decoration:underline;text-underline-offset:.18em;text-decoration-thickness:1px;cursor:pointer}
.quiet{display:flex;flex-wrap:wrap;gap:.25rem 1.375rem;margin-top:1.125rem;font-size:.9375rem}
.quiet>*{display:inline-flex;align-items:center;gap:.4375rem;min-height:2.25rem}
.quiet share-row{display:inline-grid}
share-row>*{grid-area:1/1}
share-row>:not(.on){visibility:hidden}
@media(scripting:none){.quiet share-row{display:none}}
.note{display:flex;gap:.75rem;padding:.875rem 1rem;border-radius:.625rem;background:var(--soft);margin-bottom:1.5rem}
h1+.note,.gap+.note{margin-top:1rem}
.note.hot{border-left:4px solid var(--ink);border-radius:0 .625rem .625rem 0}
.note svg.i{margin-top:.15em}
.note b{display:block}
.note a{color:inherit}
.rows>li,.line{display:grid;grid-template-columns:1fr auto;gap:.125rem 1.25rem;padding:.8125rem 0;border-bottom:1px solid var(--line)}
.rows>li>small,.line small{grid-column:1}
.rows a.row{color:inherit;text-decoration:none;font-weight:600}
.rows a.row::after{content:"";position:absolute;inset:0}
.rows>li:has(a.row){position:relative}
.rows>li:has(a.row):hover{background:var(--soft)}
.act.both{flex-direction:row;gap:.75rem;max-width:32rem}
.both .btn{min-width:0;padding:.625rem}
.tips{display:grid;grid-template-columns:1fr 1fr;gap:.75rem;max-width:40rem}
.tips .btn{white-space:nowrap;padding:.625rem;font-size:1rem}
.btn.two[aria-current]{border-color:var(--a);box-shadow:inset 0 0 0 1px var(--a)}
.rows>li>details{grid-column:1/-1}
.cols>div>.note{margin-top:1.25rem}
.rows>li.picks{padding-left:2.5rem}
.tick{position:absolute;left:0;top:0;bottom:0;width:2.5rem;z-index:1;padding:.875rem 0 0 .125rem;cursor:pointer}
.line b{font-weight:550}
.line .n{font-weight:550}
.ps{white-space:pre-line}
.grp{margin-top:1.5rem}
.grp>header{padding-bottom:.5rem;border-bottom:1px solid var(--line)}
.sub{display:flex;justify-content:space-between;gap:1.25rem;padding:.6875rem 0;font-weight:600}
.tot{margin-top:.75rem}
.tot>div{display:flex;justify-content:space-between;gap:1.25rem;padding:.25rem 0}
.tot dt small{display:block}
.tot .t{border-top:1px solid var(--line);margin-top:.4375rem;padding-top:.6875rem;font-weight:650;font-size:1.125rem}
.tot>.t:first-child{border:0;margin:0}
.tot .o{padding-left:1rem;color:var(--dim);font-size:.9375em}
.kv>div{display:grid;grid-template-columns:minmax(7rem,2fr) 4fr;gap:1rem;padding:.5rem 0;border-bottom:1px solid var(--line)}
.kv dt{color:var(--dim)}
.pics{display:flex;flex-wrap:wrap;gap:.75rem;padding:.75rem 0}
.pics a,.pics img{display:block;border-radius:.5rem}
.pics img{width:7rem;height:7rem;object-fit:cover;background:var(--soft)}
.bars{display:block;width:100%;height:7rem;margin-top:1rem;fill:var(--a);border-bottom:1px solid var(--line)}
.ends{display:flex;justify-content:space-between;gap:1rem}
.tl{padding-top:.75rem}
.tl>li{display:grid;padding:0 0 .9375rem 1.25rem;border-left:2px solid var(--line);margin-left:.25rem;position:relative}
.tl>li:last-child{border-color:transparent}
.tl>li::before{content:"";position:absolute;left:-6px;top:.4375rem;width:10px;height:10px;border-radius:50%;background:var(--bg);border:2px solid var(--dim)}
.msg{padding:.75rem 0;border-bottom:1px solid var(--line)}
.field{display:block;margin-top:1.125rem}
.field>span,legend{font-weight:600;display:block;padding:0}
input:not([type=radio]):not([type=checkbox]),textarea,select{display:block;width:100%;margin-top:.375rem;font:inherit;color:inherit;background:var(--bg);border:1px solid #868c94;border-radius:.5rem;padding:.625rem .75rem;min-height:2.875rem}
textarea{min-height:8rem;resize:vertical}
[aria-invalid=true]{border-color:var(--warn)!important;border-width:2px!important}
.err{color:var(--warn);font-weight:600;margin-top:.375rem;display:flex;gap:.4375rem}
input[type=radio],input[type=checkbox]{accent-color:var(--a);width:1.25rem;height:1.25rem;margin:.125rem 0 0;flex:none}
.pick{border:0;margin-top:1.5rem;min-width:0}
.pick label{display:flex;gap:.75rem;padding:.8125rem 0;border-bottom:1px solid var(--line);cursor:pointer;align-items:flex-start}
.pick label>span{flex:1;min-width:0}
.pick label .n{flex:none;font-weight:600}
.pick small{display:block}
.by:not(.else){display:none}
form:has([value=card]:checked) .by.card,form:has([value=bank]:checked) .by.bank{display:inline}
form:has([name=method]:checked) .by.else{display:none}
form>.btn{margin-top:1.5rem}
.pick .row{display:flex;gap:.75rem;padding:.8125rem 0;border-bottom:1px solid var(--line)}
.pick .row>span:first-child{flex:1}
.pick .row .n{font-weight:600}
.pick b{font-weight:550}
.pick.sec{margin-top:2rem}
.pick.sec legend{width:100%;font-size:1.0625rem;line-height:1.3;font-weight:650;padding-bottom:.625rem;border-bottom:1px solid var(--line)}
.in{display:block;padding-top:.375rem}
.qty{grid-column:1/-1;max-width:13rem;margin-top:.375rem}
.now{display:none}
@media(scripting:enabled){.btn.noscript{display:none}}
.gap{margin-top:1.25rem}
.whose .q{white-space:nowrap}
.lead+form>.note,form>.note{margin:1.25rem 0 0}
.search+.rows{margin-top:1rem}
.whose{display:flex;justify-content:space-between;gap:1rem;margin-bottom:1.5rem}
.whose li,summary{padding:.25rem 0}
.whose a{display:inline-block}
summary{cursor:pointer}
.figures>div{display:flex;justify-content:space-between}
.tabs{border-bottom:1px solid var(--line);margin-top:1rem}
.search{display:grid;grid-template-columns:1fr auto;gap:0 .75rem}
.search .field{grid-column:1/-1}
.search .field:has(+.btn){display:contents}
.search .field:has(+.btn)>label{grid-column:1/-1;margin-top:1.125rem}
.search .btn{width:auto;min-width:0;min-height:2.875rem;margin:.375rem 0 0;font-size:1rem}
.two-up{display:grid;gap:0 1.25rem}
.six{display:grid;grid-template-columns:1fr 1fr;margin-top:1.25rem;border-top:1px solid var(--line)}
.six>div{padding:.6875rem 0;border-bottom:1px solid var(--line)}
.six dd{font-weight:600}
.six .w{grid-column:1/-1}
.nav{display:flex;gap:.25rem 1.5rem;overflow-x:auto}
.nav a{color:var(--dim);text-decoration:none;padding:.75rem 0;border-bottom:2px solid transparent;white-space:nowrap}
.nav a[aria-current]{color:var(--ink);font-weight:600;border-color:var(--a)}
.first{margin-top:0}
.sum h1.whole{font-size:1.375rem;font-weight:650;color:inherit;letter-spacing:-.01em}
.scroll{overflow-x:auto}
.desk{display:none}
.desk th,.desk td{text-align:left;padding:.5rem 1rem .5rem 0;border-bottom:1px solid var(--line);font-weight:400;vertical-align:bottom}
.desk thead th{font-size:.875em;font-weight:600}
.desk table{border-collapse:collapse;width:100%}
.places{padding-left:2rem}
form:has([name=which][value=all]:checked) .places{display:none}
@media(min-width:48rem){.desk{display:block}.places{columns:2}}
.foot{border-top:1px solid var(--line);color:var(--dim);font-size:.875rem;margin-top:1rem}
.foot>div{padding-top:1.25rem;padding-bottom:2rem;display:grid;gap:.625rem}
.foot a{color:inherit}
.foot form{display:inline}
.langs{display:flex;gap:1.125rem}
.langs>*{min-height:2rem;display:inline-flex;align-items:center}
@media(max-width:47.99rem){
.stick{position:fixed;left:0;right:0;bottom:0;z-index:5;background:var(--bg);border-top:1px solid var(--line);padding:.75rem 1.25rem calc(.75rem + env(safe-area-inset-bottom))}
.has-stick{padding-bottom:5.5rem}
.has-stick:has(.now){padding-bottom:7.5rem}
.act:not(.stick){width:100%}
.act.stick:not(.both) .btn.two{display:none}
.now{display:flex;justify-content:space-between;font-weight:650}
.bar{position:fixed;left:0;right:0;bottom:0;z-index:4;background:var(--bg);border-top:1px solid var(--line);padding-bottom:env(safe-area-inset-bottom)}
.bar .nav{justify-content:space-around;gap:0}
.rows>li:has(.tag)>small,.rows>li:has(.tag)>:last-child{grid-column:1/-1;text-align:left}
.rows>li:has(.tag){gap:.25rem 1.25rem}
.bar .nav{overflow:visible}
.bar .nav a{flex:1;text-align:center;padding:.5rem .125rem;font-size:.8125rem;line-height:1.15;border:0;white-space:normal;overflow-wrap:normal}
.bar .rest{display:none}
.bar .nav svg.i{display:block;margin:0 auto .125rem;width:1.375rem;height:1.375rem}
.has-bar{padding-bottom:4.5rem}
.has-bar .stick{bottom:calc(3.625rem + env(safe-area-inset-bottom))}
.has-bar.has-stick{padding-bottom:9.5rem}
}
@media(max-width:67.99rem){.panes.open>.list,.none{display:none}}
.list .btn{min-width:0;width:100%}
.list .rows{margin-top:.5rem}
.rows>li:has([aria-current]){background:var(--soft)}
.num{display:inline-block;min-width:1.25rem;padding:0 .375rem;border-radius:99px;background:var(--a);color:var(--oa);font-size:.8125rem;line-height:1.25rem;text-align:center}
@media(min-width:48rem){
.sum{flex-wrap:nowrap}
.sum>:first-child{flex:1}
.act{flex:none}
.bar{border-bottom:1px solid var(--line)}
.bar>nav{max-width:44rem;margin:0 auto;padding:0 1.25rem}
.bar svg.i,.bar .rest{display:none}
.big{font-size:3.25rem}
.long{font-size:2.5rem}
main{padding-top:2.5rem}
.two-up{grid-template-columns:1fr 1fr}
.tips{grid-template-columns:repeat(4,auto)}
.wide-gap{gap:0 3rem}
.six{grid-template-columns:repeat(3,1fr)}
.narrow{max-width:30rem}
form>.btn,.more{width:auto;min-width:16rem;display:inline-flex}
}
@media(min-width:68rem){
.wide.top>div,main.wide,.wide.foot>div{max-width:68rem}
.has-bar{display:grid;grid-template-columns:1fr 14rem minmax(0,54rem) 1fr;align-content:start}
.has-bar>*{grid-column:1/-1}
.has-bar>.bar{grid-column:2;border:0;padding:2.5rem 0 0 calc(.5rem - 2px)}
.has-bar>main{grid-column:3;width:100%}
.has-bar .cols{grid-template-columns:minmax(0,1fr) 17rem;gap:0 2.5rem}
.bar>.nav{display:grid;gap:0;padding:0;position:sticky;top:1rem}
.bar .nav a{display:block;padding:.5rem 0 .5rem .75rem;border:0;border-left:2px solid transparent}
.bar .nav .more-of{display:none}
.cols{display:grid;grid-template-columns:minmax(0,1fr) 20rem;gap:0 3.5rem;align-items:start}
.side{position:sticky;top:1rem}
.panes{display:grid;grid-template-columns:17rem minmax(0,1fr);gap:0 2.5rem;align-items:start}
.talk{margin-top:0}
.cols>*>section:first-child,.cols>*>.sec:first-child{margin-top:2rem}
}
@media print{
:root{--bg:#fff;--ink:#000;--dim:#444;--line:#bbb;--soft:#fff;color-scheme:light}
@page{margin:14mm}
body{font-size:10.5pt;padding:0!important}
main{padding:8mm 0 0}
.top>div,main,.foot>div{max-width:none;padding-left:0;padding-right:0}
.act,.quiet,.langs,.bar,.noprint,.stick,live-status{display:none!important}
.big{font-size:24pt}
.cols{display:block}
.line,.rows>li,.tot,.grp>header{break-inside:avoid}
a{color:inherit;text-decoration:none}
.note{border:1px solid #bbb}
}`;

/** Line breaks and what is not needed between rules are left out. */
export const style = sheet.replace(/\n/g, '').replace(/;}/g, '}');
