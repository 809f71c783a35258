/** How the page of a server looks, light and dark. */
export const style = `:root {
  color-scheme: light dark;
  --paper: light-dark(#fbfaf8, #161719);
  --card: light-dark(#fff, #1f2124);
  --ink: light-dark(#1d1f22, #e9e7e3);
  --soft: light-dark(#5b6068, #a5a9b0);
  --line: light-dark(#dedbd5, #363a40);
  --accent: light-dark(#1f5fa8, #8bbcf5);
  --on-accent: light-dark(#fff, #10151b);
  --good: light-dark(#1b6e3c, #7fd39b);
  --bad: light-dark(#a3341f, #f2a28f);
  font: 16px/1.5 system-ui, sans-serif;
  background: var(--paper);
  color: var(--ink);
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem clamp(1rem, 4vw, 2.5rem) 3rem; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; justify-content: space-between; }
h1 { font-size: 1.35rem; margin: 0; }
h2 { font-size: 1.2rem; margin: 0; overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p { margin: .25rem 0; }
a { color: var(--accent); }
code, pre, .version { font: .85rem/1.5 ui-monospace, monospace; }
.version, footer, .soft { color: var(--soft); }
.good { color: var(--good); font-weight: 600; }
.bad { color: var(--bad); font-weight: 600; }
#facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 1.25rem 0; }
#facts:empty { display: none; }
#facts div { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .6rem .9rem; }
dt { color: var(--soft); font-size: .85rem; }
dd { margin: 0; font-size: 1.15rem; font-variant-numeric: tabular-nums; }
.model { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem clamp(.9rem, 3vw, 1.5rem) 1.4rem; margin: 0 0 1.25rem; }
.model > header { border: 0; padding: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
caption { text-align: left; color: var(--soft); padding: 0 0 .3rem; }
th, td { text-align: right; padding: .3rem .6rem; border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
thead th { color: var(--soft); font-weight: 500; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); gap: .6rem .8rem; border: 0; padding: 0; margin: 0 0 .8rem; }
legend { padding: 0 0 .4rem; color: var(--soft); }
label { display: block; font-size: .85rem; color: var(--soft); overflow-wrap: anywhere; }
input, select, textarea, button { font: inherit; color: inherit; }
input, select, textarea { width: 100%; padding: .35rem .5rem; background: var(--paper); border: 1px solid light-dark(#8d9198, #70757d); border-radius: 6px; }
textarea { font: .85rem/1.5 ui-monospace, monospace; min-height: 7rem; }
.asking { display: flex; flex-wrap: wrap; gap: .8rem; align-items: end; }
.asking { margin: 0 0 .8rem; }
.asking > div { flex: 0 1 14rem; }
button { padding: .4rem 1.1rem; border: 0; border-radius: 6px; background: var(--accent); color: var(--on-accent); cursor: pointer; }
button:disabled { opacity: .6; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
pre { margin: .5rem 0 0; padding: .7rem .9rem; max-height: 22rem; overflow: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
#door { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; margin: 1rem 0; }
#door[hidden] { display: none; }
#door input { flex: 1 1 14rem; width: auto; }
summary { cursor: pointer; color: var(--soft); margin-top: .6rem; }
`
