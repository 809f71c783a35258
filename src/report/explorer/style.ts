/** Rules of explorer pages: what is seen beside the sliders, the plane beneath it. */
export const explorerStyle = `
.explorer{display:grid;grid-template-columns:minmax(0,400px) minmax(0,1fr);grid-template-rows:auto 1fr;gap:32px 64px;margin-top:40px}
.explorer>*{margin:0}
.seen{grid-column:1}
.where{grid-column:1}
.code{grid-column:2;grid-row:1/3}
#picture{display:block;width:100%;background:var(--faint);border:1px solid var(--rule);border-radius:10px}
#picture.crisp{image-rendering:pixelated}
#plane{display:block;width:100%;aspect-ratio:1;background:var(--card);border:1px solid var(--rule);border-radius:10px;cursor:crosshair;touch-action:none}
.where .legend{margin:10px 0 0}
.axes-choice{display:flex;gap:18px;margin-bottom:10px;font-size:.9rem;color:var(--muted)}
select,.buttons button{font:inherit;font-size:.93rem;color:var(--ink);background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:6px 10px;min-height:36px}
.buttons{display:flex;flex-wrap:wrap;gap:8px;margin-top:14px}
.buttons button{padding:6px 14px;cursor:pointer}
.buttons button:hover{border-color:var(--muted)}
.explorer :focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.sliders{list-style:none;margin:0;padding:0}
.sliders li{display:grid;grid-template-columns:9.5em 1fr 4em;align-items:center;gap:16px;min-height:40px}
.sliders label{white-space:nowrap}
.sliders b{display:inline-block;min-width:2.4em;font-weight:620}
.sliders span{color:var(--muted);font-size:.84rem;font-variant-numeric:tabular-nums}
.sliders input{width:100%;margin:0;height:28px;accent-color:var(--accent)}
.sliders output{text-align:right;font-variant-numeric:tabular-nums;font-size:.93rem}
.code details ol{margin-top:8px}
.cells{max-height:560px;overflow:auto;border:1px solid var(--rule);border-radius:10px;background:var(--card)}
.cells table{border-collapse:collapse;width:100%;font-size:.93rem}
.cells th,.cells td{text-align:left;font-weight:400;padding:6px 14px;border-bottom:1px solid var(--rule);overflow-wrap:anywhere}
.cells thead th{position:sticky;top:0;background:var(--faint);color:var(--muted);font-size:.84rem}
.cells td{font-variant-numeric:tabular-nums}
.cells td:last-child{color:var(--muted)}
.cells .moved td:nth-child(2){font-weight:620;color:var(--accent)}
@media screen and (max-width:860px){
.explorer{grid-template-columns:minmax(0,1fr)}
.explorer .code,.where{grid-column:1;grid-row:auto}
.seen{position:sticky;top:0;z-index:1;background:var(--paper);padding:8px 0 12px}
.seen figcaption{display:none}
.seen figure{display:flex;justify-content:center}
#picture{width:min(100%,220px)}
.seen figure{flex-wrap:wrap}
.seen .save{width:100%}
.seen .cells{max-height:220px;width:100%}
.seen .buttons{justify-content:center}
.sliders li{grid-template-columns:7.4em 1fr 3.4em;gap:10px}
}
@media print{
.explorer{display:block;margin-top:20px}
.explorer>*{margin-bottom:20px}
.explorer .buttons{display:none}
.explorer figure{max-width:110mm}
.cells{max-height:none;overflow:visible}
}
`
