/** The one stylesheet of the pages: a few variables, two colour schemes, no assets. */
export const styles = `
:root {
  --paper: #faf9f6; --sheet: #ffffff; --ink: #1d1f24; --soft: #5d626d; --line: #e3e0d8;
  --accent: #1f4e79; --accent-ink: #ffffff; --wash: #eef2f6; --good: #23683f; --bad: #a3262a; --warn: #8a5a00;
  --radius: 10px; --measure: 62rem;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15171b; --sheet: #1d2026; --ink: #e9e7e1; --soft: #a3a8b3; --line: #31353d;
    --accent: #8fbbe8; --accent-ink: #10161d; --wash: #242a33; --good: #7fce9c; --bad: #f2989a; --warn: #e6bd6a;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
h1, h2, h3 { font-family: ui-serif, Georgia, "Times New Roman", "DejaVu Serif", serif; font-weight: 600;
  line-height: 1.2; margin: 0 0 .6rem; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.2rem; } h3 { font-size: 1rem; }
h2 { margin-top: 1.6rem; } .card h2 { margin-top: 0; } p { margin: 0 0 .8rem; } a { color: var(--accent); }
.skip { position: absolute; left: -999px; } .skip:focus { left: 1rem; top: 1rem; background: var(--sheet); padding: .5rem 1rem; }
.bar { display: flex; flex-wrap: wrap; gap: .4rem 2rem; align-items: baseline; justify-content: space-between;
  max-width: var(--measure); margin: 0 auto; padding: 1.1rem 1.25rem .9rem; border-bottom: 1px solid var(--line); }
.brand { font-family: ui-serif, Georgia, "DejaVu Serif", serif; font-weight: 600; font-size: 1.1rem; color: var(--ink); text-decoration: none; }
.brand span { font: .8rem ui-sans-serif, system-ui, sans-serif; color: var(--soft); margin-left: .5rem; }
.bar nav { display: flex; gap: .1rem 1.2rem; flex-wrap: wrap; } .bar nav a { color: var(--soft); text-decoration: none; padding: .15rem 0; }
.bar nav a:hover { color: var(--ink); } .bar nav a[aria-current] { color: var(--ink); border-bottom: 2px solid var(--accent); }
main { max-width: var(--measure); margin: 0 auto; padding: 1.8rem 1.25rem 4rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.soft { color: var(--soft); } .small { font-size: .85rem; } .good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
.cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); padding: 0; margin: 1.2rem 0; list-style: none; }
.card { background: var(--sheet); border: 1px solid var(--line); border-radius: var(--radius); padding: 1.1rem 1.2rem; }
section.card { margin: .8rem 0; }
a.card { display: block; color: inherit; text-decoration: none; height: 100%; } a.card:hover { border-color: var(--accent); }
.list { list-style: none; margin: 1rem 0; padding: 0; background: var(--sheet); border: 1px solid var(--line); border-radius: var(--radius); overflow: hidden; }
.list > li + li { border-top: 1px solid var(--line); }
.list a.row { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .1rem 1rem; padding: .7rem 1rem; color: inherit; text-decoration: none; }
.list a.row:hover { background: var(--wash); } .row > :nth-child(even) { justify-self: end; text-align: right; } .row .cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.empty { border: 1px dashed var(--line); border-radius: var(--radius); padding: 1.5rem; color: var(--soft); text-align: center; }
button, .button { font: inherit; cursor: pointer; border: 1px solid var(--line); background: var(--sheet); color: var(--ink);
  border-radius: 8px; padding: .45rem .9rem; text-decoration: none; display: inline-block; }
button:hover, .button:hover { border-color: var(--accent); } button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
input, textarea, select { font: inherit; color: var(--ink); background: var(--sheet); border: 1px solid var(--line); border-radius: 8px; padding: .45rem .7rem; max-width: 100%; }
label { display: block; font-size: .85rem; color: var(--soft); margin-bottom: .2rem; }
table { border-collapse: collapse; width: 100%; background: var(--sheet); border: 1px solid var(--line); border-radius: var(--radius); }
th, td { text-align: left; padding: .5rem .8rem; border-top: 1px solid var(--line); vertical-align: top; } th { font-weight: 600; font-size: .85rem; color: var(--soft); }
code, pre { font: .86em ui-monospace, SFMono-Regular, Menlo, "DejaVu Sans Mono", monospace; } pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.pill { display: inline-block; font-size: .75rem; padding: .05rem .5rem; border-radius: 99px; border: 1px solid var(--line); color: var(--soft); background: var(--wash); }
.pill.good { color: var(--good); } .pill.bad { color: var(--bad); }
.actions { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; margin: .8rem 0; } form.inline { display: inline; }
.phone { max-width: 26rem; margin: 0 auto; background: var(--sheet); border: 1px solid var(--line); border-radius: 28px; overflow: hidden; display: flex; flex-direction: column; height: min(44rem, calc(100vh - 9rem)); }
.phone header { padding: 1rem 1.2rem .8rem; border-bottom: 1px solid var(--line); text-align: center; }
.phone header h1 { font-size: 1.1rem; margin: 0; }
.chat { flex: 1; overflow-y: auto; padding: 1rem; margin: 0; list-style: none; display: flex; flex-direction: column; gap: .2rem; }
.bubble { max-width: 82%; padding: .5rem .8rem; border-radius: 16px; white-space: pre-wrap; overflow-wrap: anywhere; }
.chat li { display: flex; flex-direction: column; margin-bottom: .5rem; } .chat .small { font-size: .75rem; margin: .15rem .5rem 0; }
.theirs { align-items: flex-start; } .theirs .bubble { background: var(--wash); border-bottom-left-radius: 5px; }
.mine { align-items: flex-end; } .mine .bubble { background: var(--accent); color: var(--accent-ink); border-bottom-right-radius: 5px; }
.reply { display: flex; flex-wrap: wrap; gap: .5rem; padding: .6rem .8rem .8rem; border-top: 1px solid var(--line); } .reply .to { flex-basis: 100%; display: flex; gap: .4rem; align-items: center; } .reply .to label { margin: 0; }
.reply select { border: 0; padding: .1rem .2rem; font-size: .85rem; background: none; } .reply input[name=body] { flex: 1; min-width: 0; border-radius: 99px; } .reply button { border-radius: 99px; }
.mailbox { display: grid; grid-template-columns: minmax(14rem, 20rem) minmax(0, 1fr); gap: 1.2rem; align-items: start; }
@media (max-width: 50rem) { .mailbox { grid-template-columns: minmax(0, 1fr); } }
.mailbox .list { margin: 0; } .list [aria-current] { background: var(--wash); box-shadow: inset 3px 0 var(--accent); }
iframe.letter { width: 100%; height: 26rem; border: 1px solid var(--line); border-radius: 8px; background: #fff; resize: vertical; }
dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1rem; margin: 0 0 1rem; } dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
details { margin: .8rem 0; } summary { cursor: pointer; color: var(--soft); }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`
