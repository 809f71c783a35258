/** The page's style sheet: one column of calm sections, light and dark, from 390 to 1440 px and on paper. */
import { toneClasses, toneVariables } from './palette.ts'

const light = `
--paper:#fbfaf8;--card:#ffffff;--ink:#1d1c1a;--muted:#6a665f;--rule:#e7e3dc;--faint:#f3f0ea;
--accent:#2b6196;--second:#c25a24;--batch:#b9cbdc;--idle:#c9c4bb;--low:#2b6cb0;--high:#d9681d;${toneVariables('light')}
`
const dark = `
--paper:#151619;--card:#1c1e22;--ink:#e9e6e0;--muted:#9d998f;--rule:#2e3136;--faint:#202226;
--accent:#7db3e8;--second:#f09a62;--batch:#3d5266;--idle:#4b4e54;--low:#69aef2;--high:#f58f4a;${toneVariables('dark')}
`

const rampColors = Array.from(
  { length: 11 },
  (_, i) => `.ramp-${i}{--tone:color-mix(in oklab,var(--high) ${i * 10}%,var(--low))}`,
).join('')

const page = `
:root{color-scheme:light dark;${light}}
@media (prefers-color-scheme:dark){:root{${dark}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif}
main{max-width:1128px;margin:0 auto;padding:56px 24px 96px}
h1{font-size:clamp(2rem,5vw,2.9rem);line-height:1.1;letter-spacing:-.022em;font-weight:650;margin:0;overflow-wrap:anywhere}
h2{font-size:1.3rem;line-height:1.25;letter-spacing:-.01em;font-weight:620;margin:0}
p{margin:0}
section{margin-top:64px;min-width:0}
section>header{margin-bottom:20px}
.lead,.lede,.note{color:var(--muted);max-width:72ch;text-wrap:pretty}
.lead{font-size:.95rem;margin-top:4px}
.lede{font-size:1.06rem;margin-top:16px}
.verdict{color:var(--ink)}
.verdict code{font:.86em ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;background:var(--faint);padding:2px 6px;border-radius:4px;overflow-wrap:anywhere;-webkit-box-decoration-break:clone;box-decoration-break:clone}
.note{font-size:.9rem;margin-top:16px}
.overline{font-size:.78rem;letter-spacing:.09em;text-transform:uppercase;color:var(--muted);margin-bottom:10px}
.chips{display:flex;flex-wrap:wrap;gap:6px 8px;margin-top:16px}
.chips span{font-size:.84rem;padding:2px 10px;border:1px solid var(--rule);border-radius:99px;background:var(--card)}
.notices{margin:20px 0 0;padding:12px 16px 12px 32px;border-left:3px solid var(--second);background:var(--faint);border-radius:0 6px 6px 0;font-size:.93rem}
.halves{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:0 48px}
.halves>section{margin-top:64px}
.halves.figures{gap:44px 48px}
.stacked{margin-bottom:44px}
.panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,310px),1fr));gap:28px 32px}
`

const numbers = `
#numbers{margin-top:36px}
.cards{display:grid;grid-template-columns:1.35fr repeat(var(--columns,2),1fr);margin:14px 0 0;gap:1px;background:var(--rule);border:1px solid var(--rule);border-radius:14px;overflow:hidden}
.cards.odd:not(.few)>div:last-child{grid-column:span 2}
.cards>div{background:var(--card);padding:16px 18px 18px}
.cards .hero{grid-row:span 2;padding:18px 20px}
.cards.few .hero{grid-row:auto}
.hero{display:flex;flex-direction:column}
.hero .split-name{margin-top:auto;padding-top:18px}
.split{display:flex;gap:2px}
.split span{min-width:5px;min-height:1.3em;background:var(--accent);border-radius:3px}
.split span+span{background:var(--second)}
.cards dt{font-size:.84rem;color:var(--muted)}
.cards dd{margin:2px 0 0}
.cards dd+dt{margin-top:18px}
.cards p{font-size:.82rem;line-height:1.45;color:var(--muted);margin-top:6px}
.number{font-variant-numeric:tabular-nums;letter-spacing:-.02em;font-weight:620;font-size:1.45rem;line-height:1.25}
.hero dt:first-child+dd .number{font-size:2.15rem;line-height:1.2;color:var(--accent)}
.unit{font-size:.84rem;color:var(--muted);white-space:nowrap}
sub{font-size:.75em;line-height:0}
`

const figures = `
figure{margin:0;min-width:0;break-inside:avoid}
figcaption{display:flex;justify-content:space-between;gap:12px;font-size:.9rem;font-weight:600;margin-bottom:8px}
.readout{font-weight:400;font-size:.8rem;align-self:end;white-space:nowrap;color:var(--muted);font-variant-numeric:tabular-nums}
.save{text-align:right;line-height:1;margin-top:6px}
.save button{font:inherit;font-size:.78rem;line-height:24px;min-width:44px;padding:0 10px;color:var(--muted);background:none;border:1px solid var(--rule);border-radius:99px;cursor:pointer}
.save button:hover{color:var(--ink);border-color:var(--muted)}
.save button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.save+.save{margin-top:8px}
#samples figure{max-width:520px}
#samples .chart text{font-size:9px}
.picture{display:block;width:100%;height:auto}
.rows{display:grid;gap:10px}
.legend{display:flex;flex-wrap:wrap;gap:2px 18px;font-size:.84rem;color:var(--muted);margin:0 0 16px}
.chart+.legend{margin:10px 0 0}
.legend span::before{content:"";display:inline-block;width:14px;height:3px;border-radius:2px;background:var(--tone);margin-right:7px;vertical-align:middle}
.legend.dots span::before,.legend .active::before,.legend .idle::before{width:9px;height:9px;border-radius:50%}
.legend .active::before,.legend .idle::before{border-radius:2px}
.traversals{list-style:none;margin:0;padding:0}
.traversals.image{columns:2 440px;column-gap:48px}
.traversals.image li{display:grid;grid-template-columns:76px 1fr;align-items:center;gap:12px;break-inside:avoid;padding-bottom:10px}
.levels{list-style:none;margin:0 0 26px;padding:0}
.levels li{display:grid;grid-template-columns:56px 1fr;align-items:center;gap:12px;break-inside:avoid;padding-bottom:6px}
.levels b{overflow-wrap:anywhere}
.changed{display:grid;gap:14px}
.traversals.table{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,310px),1fr));gap:28px 32px}
.traversals.table li{break-inside:avoid}
.dimension{font-size:.84rem;line-height:1.3}
.dimension b{font-weight:620}
.image .dimension span{display:block}
.dimension span{color:var(--muted);font-variant-numeric:tabular-nums}
`

const charts = `
.train,.active,.original,.schedule{--tone:var(--accent)}
.validation,.reconstruction,.sample{--tone:var(--second)}
.batch{--tone:var(--batch)}
.idle,.data{--tone:var(--idle)}
${toneClasses}${rampColors}
.chart{display:block;width:100%;height:auto;overflow:visible}
.chart text{font-size:11px;fill:var(--muted);font-variant-numeric:tabular-nums}
.axes line{stroke:var(--rule)}
.line path{fill:none;stroke:var(--tone);stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}
.line .marks{stroke-width:5}
.line.background path{stroke-width:1.2}
.legend.ramp{align-items:center;gap:8px}
.legend.ramp span{display:inline-flex}
.legend.ramp span::before{display:none}
.legend.ramp i{width:10px;height:10px;background:var(--tone)}
.cursor{stroke:var(--muted);stroke-dasharray:2 3}
circle.cursor{fill:none;stroke:var(--ink);stroke-width:1.6;stroke-dasharray:none}
.bar rect{fill:var(--tone)}
.bar.active text{fill:var(--ink)}
.bars,.scatter{max-width:460px}
.bars text,.scatter text{font-size:10px}
.dots path,path.dots{fill:none;stroke:var(--tone);stroke-width:4.4;stroke-linecap:round;stroke-opacity:.7}
.crowd path.dots{stroke-width:3.4}
.chart text.set-name{font-size:15px;font-weight:700;fill:var(--ink);stroke:var(--paper);stroke-width:4px;stroke-linejoin:round;paint-order:stroke}
.strips .strip{stroke:var(--rule);stroke-width:3;stroke-linecap:round}
.strips .join{stroke:var(--muted);stroke-width:1.2;opacity:.6}
.strips path{fill:none;stroke:var(--tone)}
.strips .dot{stroke-width:7.2;stroke-linecap:round}
.strips .ring{stroke-width:1.6}
.strips .tick-above,.strips .tick-below{stroke-opacity:.55}
.strips text{fill:var(--ink)}
`

const text = `
.formula{font:1.16rem/1.6 "STIX Two Math","Cambria Math","Latin Modern Math",Cambria,Georgia,"DejaVu Serif",serif;padding:18px 22px;background:var(--card);border:1px solid var(--rule);border-radius:12px;overflow-x:auto}
.ledger{width:100%;border-collapse:collapse;margin-top:20px;font-size:.93rem}
.ledger th,.ledger td{text-align:left;vertical-align:top;padding:10px 16px 10px 0;border-bottom:1px solid var(--rule);font-weight:400}
.ledger thead th{font-size:.82rem;color:var(--muted);padding-bottom:6px}
.ledger tbody th{font-weight:600}
.ledger tbody th,.ledger td:not(:last-child){white-space:nowrap}
.ledger small{display:block;font-weight:400;color:var(--muted)}
.weight{font-variant-numeric:tabular-nums}
.ledger td p+p{margin-top:6px;color:var(--muted)}
.ledger td.math:not(:last-child){white-space:normal;min-width:11ch;text-wrap:balance}
.ledger .entry{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums;padding-right:24px}
.ledger tbody th[class]::before,.stack span{background:var(--tone)}
.ledger tbody th[class]::before{content:"";display:inline-block;width:9px;height:9px;border-radius:2px;margin-right:8px}
.ledger tbody th[class] small{margin-left:17px}
.part-0{--tone:var(--accent)}.part-1{--tone:var(--second)}.part-2{--tone:#4f9a45}.part-3{--tone:#a66a9a}.part-4{--tone:#c9a227}.part-5{--tone:#58a8a2}.part-6{--tone:#d64b50}.part-7{--tone:#93705a}
.balance{margin-top:24px}
.time{display:grid;grid-template-columns:9.5em 1fr 7.5em;align-items:center;gap:0 16px;font-size:.93rem;margin-top:8px}
.time small{display:block;color:var(--muted);font-size:.8rem;line-height:1.3}
.stack{display:flex;gap:2px;height:22px}
.stack span{flex-basis:0;min-width:2px;border-radius:3px}
.stack .gain{background:repeating-linear-gradient(135deg,var(--tone) 0 4px,transparent 4px 7px)}
.total{text-align:right;font-variant-numeric:tabular-nums;font-weight:600}
pre{margin:0;font:.86rem/1.6 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-x:auto}
.command{padding:16px 20px;background:var(--card);border:1px solid var(--rule);border-radius:12px;white-space:pre-wrap;overflow-wrap:anywhere;user-select:all}
details{margin-top:16px}
summary{cursor:pointer;font-size:.93rem;color:var(--accent)}
details pre{margin-top:12px;padding:16px 20px;background:var(--faint);border-radius:12px}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:14px 32px;margin:28px 0 0;font-size:.9rem}
.facts dt{font-size:.8rem;color:var(--muted)}
.facts dd{margin:0;overflow-wrap:anywhere}
`

const diagnosis = `
.findings{list-style:none;margin:0;padding:0;display:grid;gap:12px;font-size:.95rem}
.findings li{padding:14px 18px;border-left:3px solid var(--idle);background:var(--faint);border-radius:0 6px 6px 0;break-inside:avoid}
.findings .warning,.findings .problem{border-color:var(--second)}
.findings .problem{border-left-width:6px}
.findings p{max-width:86ch;text-wrap:pretty}
.findings .remedy{margin-top:6px}
.findings code{font:.86em ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:nowrap}
.findings .code{margin-top:6px;font-size:.8rem;color:var(--muted)}
.findings+.figures{margin-top:36px}
.heat rect{fill:var(--accent)}
.heat .ground{fill:var(--faint)}
.kl-split .stack{margin-top:4px}
.classes{margin-top:40px}
.classes caption{text-align:left;font-weight:600;font-size:.9rem;margin-bottom:8px}
`

const narrow = `
@media screen and (max-width:960px){
.cards,.cards.few{grid-template-columns:1fr 1fr}
.cards.odd:not(.few)>div:last-child{grid-column:1/-1}
.cards .hero{grid-column:1/-1;grid-row:auto}
.ledger thead{display:none}
.ledger tr{display:block;padding:12px 0;border-bottom:1px solid var(--rule)}
.ledger tbody th,.ledger td{display:block;border:0;padding:2px 0}
.ledger tbody th{white-space:normal}
.ledger td:empty{display:none!important}
.ledger td,.ledger td:not(:last-child){display:grid;grid-template-columns:8.6em minmax(0,1fr);white-space:normal}
.ledger td::before{content:attr(data-name);color:var(--muted);font-size:.84rem}
.ledger .entry{text-align:left;padding-right:0}
.ledger .entry small{display:inline;margin-left:10px}
}
@media screen and (max-width:640px){
main{padding:36px 20px 64px}
section,.halves>section{margin-top:52px}
.cards>div{padding:14px}
.traversals.image li{grid-template-columns:1fr;gap:4px;padding-bottom:14px}
.image .dimension span{display:inline}
.time{grid-template-columns:1fr auto;row-gap:4px;margin-top:14px}
.time .stack{grid-row:2;grid-column:1/-1}
.time small{display:inline;margin-left:8px}
.formula{font-size:1.02rem;padding:14px 16px}
}
@media print{
@page{size:A4;margin:16mm 15mm}
:root{color-scheme:light;${light}--paper:#fff}
body{font-size:10pt;line-height:1.45}
main{max-width:none;padding:0}
h1{font-size:22pt}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
section,.halves>section{margin-top:26px}
section>header{break-inside:avoid;break-after:avoid;margin-bottom:12px}
h2,figcaption,.legend{break-after:avoid}
.cards{break-inside:avoid}
.cards p,.note{font-size:8pt}
.cards>div{padding:9px 11px}
.number{font-size:13pt}
.hero dt:first-child+dd .number{font-size:19pt}
.halves{grid-template-columns:1fr 1fr;gap:0 26px}
.halves.figures{gap:24px 26px}
.panels,.traversals.table{grid-template-columns:repeat(3,1fr);gap:16px 18px}
.traversals.image{columns:2;column-gap:26px}
.traversals.image li{grid-template-columns:34px 1fr;gap:8px;padding-bottom:5px}
.facts{grid-template-columns:repeat(4,1fr);gap:8px 20px;margin-top:16px;break-inside:avoid}
.ledger th,.ledger td{padding:5px 10px 5px 0}
.ledger{margin-top:12px;font-size:8.6pt}
.ledger td:last-child:not(.entry){min-width:24ch}
thead{display:table-header-group}
tr,li,figure,article,.time{break-inside:avoid}
.chart text{font-size:10px}
.save,.buttons{display:none}
details pre{font-size:6.6pt;line-height:1.35;columns:2}
}
`

/** Style of a chart that is a file of its own. */
export const chartStyle = `
:root{color-scheme:light dark;${light}font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif}
@media (prefers-color-scheme:dark){:root{${dark}}}
${charts}
.paper{fill:var(--paper)}
.bars,.scatter{max-width:none}
path.dots{stroke-width:7}
.crowd path.dots{stroke-width:4.6}
.chart text.set-name{font-size:17px}
.chart text.title{font-size:15px;font-weight:620;fill:var(--ink)}
.key{fill:var(--tone)}
.chart text.entry{font-size:12px;fill:var(--ink)}
.chart text.legend-title,.chart .axes text,.chart text.axis-name{font-size:12px}
`

export const style = [page, numbers, figures, charts, text, diagnosis, narrow].join('')
