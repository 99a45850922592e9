/**
 * The page's only script: filters of the findings, and opening everything at once. The page holds all without it. No
 * text of the page is ever read as markup: rows are shown or hidden, nothing more.
 */
export const SCRIPT = `
'use strict';
(() => {
  const rows = Array.from(document.querySelectorAll('.finding'));
  const controls = document.querySelector('.filters');
  if (controls === null) return;
  controls.hidden = false;
  const words = document.getElementById('words');
  const scope = document.getElementById('scope');
  const code = document.getElementById('code');
  const severities = Array.from(document.querySelectorAll('input[name=severity]'));
  const count = document.getElementById('shown');
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const chosen = new Set(severities.filter((box) => box.checked).map((box) => box.value));
    let shown = 0;
    rows.forEach((row, index) => {
      const fits = chosen.has(row.dataset.severity)
        && (scope.value === '' || row.dataset.scope === scope.value)
        && (code.value === '' || row.dataset.code === code.value)
        && wanted.every((word) => texts[index].includes(word));
      row.hidden = !fits;
      if (fits) shown += 1;
    });
    count.textContent = shown + ' of ' + rows.length + ' shown';
  };
  controls.addEventListener('input', apply);
  apply();
})();
(() => {
  const button = document.getElementById('open-all');
  if (button === null) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    const all = Array.from(document.querySelectorAll('#changes details'));
    const open = all.some((one) => !one.open);
    for (const one of all) one.open = open;
    button.textContent = open ? 'Close all' : 'Open all';
  });
})();
`;
