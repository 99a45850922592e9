/** The page's style sheet: readable in light and dark, on paper, in a narrow window, and by keyboard. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2733; --soft: #57677a; --paper: #ffffff; --card: #f6f8fa; --line: #d0d7de;
  --accent: #0b5cad; --error: #b3261e; --warning: #8a5a00; --info: #2b5f8a; --good: #1a7f37; --add: #dafbe1; --del: #ffe5e3; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da9b5; --paper: #0d1117; --card: #161b22; --line: #30363d;
  --accent: #6cb6ff; --error: #ff7b72; --warning: #e3b341; --info: #79c0ff; --good: #56d364; --add: #12361d; --del: #4a1a1d; } }
* { box-sizing: border-box; } html { scroll-padding-top: 56px; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
main, header, nav { max-width: 1200px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 24px; } h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 19px; margin: 36px 0 12px; }
h3 { font-size: 16px; margin: 24px 0 8px; }
nav { position: sticky; top: 0; background: var(--paper); border-bottom: 1px solid var(--line); padding-top: 8px; padding-bottom: 8px; z-index: 1; }
nav a { margin-right: 18px; } a { color: var(--accent); }
a:focus-visible, summary:focus-visible, input:focus-visible, select:focus-visible, button:focus-visible, .scroll:focus-visible, .drawing:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -9999px; } .skip:focus { left: 8px; top: 8px; background: var(--paper); padding: 8px; z-index: 2; }
.verdict { font-weight: 700; } .passed { color: var(--good); } .failed { color: var(--error); }
code, pre, .code { font: 13px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; } code { overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: 6px 10px; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; } .scroll { overflow-x: auto; }
.card { border: 1px solid var(--line); border-radius: 6px; padding: 10px 14px; margin: 10px 0; background: var(--card); }
summary { cursor: pointer; } .place { color: var(--soft); }
.tag { display: inline-block; border: 1px solid currentColor; border-radius: 10px; padding: 0 8px; font-size: 12px; margin-right: 6px; }
.error, .data-loss, .replacement { color: var(--error); } .warning, .downtime, .security, .capacity { color: var(--warning); }
.info, .cost { color: var(--info); } .none { color: var(--soft); }
ul.plain { list-style: none; padding-left: 4px; margin: 6px 0; } .risks li { margin: 2px 0; }
.filters { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; margin: 8px 0; } .filters input[type=search] { flex: 1 1 240px; }
input, select { font: inherit; padding: 4px 8px; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 4px; }
.finding { border-left: 4px solid; padding: 4px 12px; margin: 10px 0; background: var(--card); } .finding p { margin: 2px 0; color: var(--ink); }
.sides { table-layout: fixed; } .sides td { font: 12px/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; padding: 0 6px; border: 0; }
.sides .added { background: var(--add); } .sides .removed { background: var(--del); } .sides .gap { color: var(--soft); text-align: center; }
.drawing { overflow: auto; border: 1px solid var(--line); border-radius: 6px; } .drawing svg { max-width: none; }
.left { color: var(--soft); } [hidden] { display: none !important; }
@media print { nav, .filters { display: none; } details { break-inside: avoid; } }
`;
