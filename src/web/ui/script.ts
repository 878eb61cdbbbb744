import { createHash } from 'node:crypto';

/**
 * Four small elements, in one file: `live-status` refreshes marked pieces of the page when the business's feed says something
 * happened (after a moment, from where the page was read: the page itself comes first), `seen-mark` tells once that the page was
 * visible for three seconds, `share-row` shows print, or share on a phone, in a place kept for both, `choice-form` puts what is chosen into the page's address and
 * shows what it comes to. Nothing on a page needs them.
 */
const source = `
const swap=async(answer,names)=>{
const fresh=new DOMParser().parseFromString(await answer.text(),'text/html');
for(const name of names){
const now=document.querySelector('[data-live='+name+']'),next=fresh.querySelector('[data-live='+name+']');
if(now&&next&&now.innerHTML!==next.innerHTML)now.replaceWith(document.adoptNode(next));
else if(!now&&next)document.querySelector('aside')?.prepend(document.adoptNode(next))
}
};
class LiveStatus extends HTMLElement{
connectedCallback(){
this.start=setTimeout(()=>{
this.feed=new EventSource(this.dataset.feed);
this.feed.onmessage=()=>{clearTimeout(this.wait);this.wait=setTimeout(()=>this.refresh(),150)}
},1500);
addEventListener('pagehide',()=>this.stop(),{once:true})
}
stop(){clearTimeout(this.start);this.feed?.close()}
async refresh(){
const answer=await fetch(location.href,{headers:{'X-Refresh':'1'}});
if(answer.ok)await swap(answer,['head','lines','totals','decided','payments','questions','history'])
}
disconnectedCallback(){this.stop()}
}
class SeenMark extends HTMLElement{
connectedCallback(){
let left=3000,since=0,timer;
const tell=()=>{stop();document.removeEventListener('visibilitychange',turn);navigator.sendBeacon(this.dataset.to)};
const stop=()=>{clearTimeout(timer);if(since)left-=performance.now()-since;since=0};
const turn=()=>{stop();if(document.visibilityState==='visible'){since=performance.now();timer=setTimeout(tell,left)}};
document.addEventListener('visibilitychange',turn);turn()
}
}
class ShareRow extends HTMLElement{
connectedCallback(){
const [paper,share]=this.children,probe=new File([''],'a.pdf',{type:'application/pdf'});
if(!matchMedia('(hover:none)').matches||!navigator.canShare?.({files:[probe]})){paper.classList.add('on');paper.onclick=()=>print();return}
share.classList.add('on');share.onclick=async()=>{
const answer=await fetch(this.dataset.pdf);
const file=new File([await answer.blob()],this.dataset.name,{type:'application/pdf'});
try{await navigator.share({files:[file]})}catch{}
}
}
}
class ChoiceForm extends HTMLElement{
connectedCallback(){
const form=this.querySelector('form');
form.onchange=async()=>{
if(!form.checkValidity())return void form.reportValidity();
this.asked?.abort();this.asked=new AbortController();
const to=form.action+'?'+new URLSearchParams(new FormData(form));
history.replaceState(null,'',to);
try{
const answer=await fetch(to,{headers:{'X-Refresh':'1'},signal:this.asked.signal});
if(answer.ok||answer.status===422)await swap(answer,['head','totals',...[...this.querySelectorAll('[data-live^=n]')].map(each=>each.dataset.live)])
}catch{}
}
}
}
customElements.define('choice-form',ChoiceForm);
customElements.define('live-status',LiveStatus);
customElements.define('seen-mark',SeenMark);
customElements.define('share-row',ShareRow);
`;

export const portalScript = source.trim();
const hash = createHash('sha256').update(portalScript).digest('hex').slice(0, 12);

/** Its address changes with its content, so it is kept for good. A dot keeps it apart from every business. */
export const portalScriptPath = `/portal-${hash}.js`;
