import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page, type Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changesBetween } from '#change/changes.ts';
import { summaryOf } from '#change/summary.ts';
import { sidesOf } from '#cli/sides.ts';
import type { Finding } from '#model/finding.ts';
import { architectureOf } from '#picture/architecture.ts';
import { htmlReport } from '#report/html/page.ts';
import type { Report, Scope } from '#report/report.ts';
import { SAMPLE, stateOf, store } from '../change/sample.ts';
import { production, violated } from '../report/runs.ts';

/** The page as people open it: from a disk, in a real browser, with texts of strangers in every place. */
let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '', args: ['--no-sandbox'] });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-page-'));
});
afterAll(async () => {
  await browser?.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** What the browser complained of, and what it tried to load. */
  readonly noise: readonly string[];
}

async function open(report: Report, options: Parameters<Browser['newPage']>[0] = {}): Promise<Opened> {
  const file = path.join(folder, 'report.html');
  fs.writeFileSync(file, htmlReport(report));
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, ...options });
  const noise: string[] = [];
  page.on('console', (message) => noise.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    noise.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const loads = (request: Request) => {
    const isRefused = request.failure()?.errorText === 'csp';
    if (request.url() !== `file://${file}` && !isRefused) noise.push(`request: ${request.url()}`);
  };
  page.on('requestfinished', loads);
  page.on('requestfailed', loads);
  await page.goto(`file://${file}`);
  return { page, noise };
}

const edited = (change: (text: string) => string): ReadonlyMap<string, string> =>
  new Map([...SAMPLE].map(([file, text]) => [file, file === 'production.yaml' ? change(text) : text]));

function changeReport(head: ReadonlyMap<string, string>, findings: readonly Finding[]): Report {
  const state = stateOf(head);
  const change = changesBetween(stateOf(SAMPLE), state, store);
  const scope: Scope = { ...production, findings };
  return {
    command: 'diff',
    gate: 'error',
    changes: [summaryOf(change)],
    // What is described is the environment: the sample's own reader made it.
    pictures: [architectureOf(state.described?.document as Parameters<typeof architectureOf>[0])],
    sides: sidesOf('production', change),
    scopes: [scope],
  };
}

const TIER = edited((text) =>
  text.replace('tier: M30\n', 'tier: M40\n').replace('min: 3, max: 12', 'min: 3, max: 8'),
);
const FINDINGS: readonly Finding[] = [
  violated('an image has no digest'),
  violated('a port is open', { severity: 'warning' }),
  violated('a note on berths', { severity: 'info' }),
];

test('opens from a disk, loads nothing and complains of nothing', async () => {
  const { page, noise } = await open(changeReport(TIER, FINDINGS));
  expect(await page.title()).toBe('plimsoll diff');
  expect(await page.locator('.finding').count()).toBe(3);
  expect(await page.locator('svg').count()).toBe(1);
  expect(noise).toEqual([]);
});

describe('texts of strangers', () => {
  const ATTACKS = [
    '<script>document.title = "pwned"</script>',
    '<img src=x onerror=\'document.title="pwned"\'>',
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '</style><script>alert(1)</script>',
    'javascript:alert(1)',
    '--><iframe src="https://tideline.example"></iframe>',
  ];

  test('are shown, and do nothing', async () => {
    const findings = ATTACKS.map((text) =>
      violated(text, { origin: { file: `environments/${text}`, line: 1, column: 1 } }),
    );
    const { page, noise } = await open(changeReport(TIER, findings));
    for (const row of await page.locator('.finding').all()) await row.hover();
    expect(await page.title()).toBe('plimsoll diff');
    expect(await page.locator('iframe, img, .finding script, .finding svg').count()).toBe(0);
    const text = await page.locator('#findings').innerText();
    for (const attack of ATTACKS) expect(text).toContain(attack);
    expect(noise).toEqual([]);
  });

  test('would do nothing, even if they were markup: the policy forbids it', async () => {
    const { page, noise } = await open(changeReport(TIER, FINDINGS));
    await page.evaluate(INJECT);
    await page.waitForTimeout(300);
    expect(await page.title()).toBe('plimsoll diff');
    expect(await page.locator('h1').isVisible()).toBe(true);
    expect(noise.filter((line) => line.startsWith('request:'))).toEqual([]);
    expect(noise.filter((line) => line.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(3);
  });
});

describe('by keyboard', () => {
  test('the first stop leads to the content, and every stop is seen', async () => {
    const { page } = await open(changeReport(TIER, FINDINGS));
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('To the content');
    for (let stop = 0; stop < 12; stop++) {
      const outline = await page.evaluate(OUTLINE);
      expect(outline).toBe('seen');
      await page.keyboard.press('Tab');
    }
  });

  test('details open with a key, and findings are filtered', async () => {
    const { page } = await open(changeReport(TIER, FINDINGS));
    const details = page.locator('#changes details').first();
    const summary = details.locator('summary').first();
    const before = await details.getAttribute('open');
    await summary.focus();
    await page.keyboard.press('Enter');
    expect(await details.getAttribute('open')).not.toBe(before);
    await page.locator('#words').focus();
    await page.keyboard.type('berths');
    expect(await page.locator('.finding:visible').count()).toBe(1);
    expect(await page.locator('#shown').innerText()).toBe('1 of 3 shown');
    await page.locator('#words').fill('');
    await page.locator('input[name=severity][value=error]').focus();
    await page.keyboard.press('Space');
    expect(await page.locator('.finding:visible').count()).toBe(2);
  });
});

/** Text on what it stands on: https://www.w3.org/TR/WCAG22/#contrast-minimum */
test.each(['light', 'dark'] as const)('in %s, text is read', async (colorScheme) => {
  const { page } = await open(changeReport(TIER, FINDINGS), { colorScheme });
  const poor = await page.evaluate(POOR);
  expect(poor).toEqual([]);
});

test('on a telephone nothing is wider than the screen', async () => {
  const { page } = await open(changeReport(TIER, FINDINGS), { viewport: { width: 360, height: 640 } });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
});

test('without scripts it holds the same', async () => {
  const { page } = await open(changeReport(TIER, FINDINGS), { javaScriptEnabled: false });
  expect(await page.locator('.finding').count()).toBe(3);
  expect(await page.locator('.filters').isVisible()).toBe(false);
});

test('a thousand services, each with another image, and ten thousand findings', async () => {
  const services = (tag: number) =>
    Array.from(
      { length: 1000 },
      (_, index) =>
        `    berth-${index}:\n      image: registry.tideline.example/berth:${index}.${tag}\n      resources: { cpu: 50m, memory: 64Mi }\n      uses: { bookings: read }\n`,
    ).join('');
  const many = (tag: number) => edited((text) => `${text.trimEnd()}\n${services(tag)}`);
  const base = stateOf(many(1));
  const head = stateOf(many(2));
  const change = changesBetween(base, head, store);
  const findings = Array.from({ length: 10_000 }, (_, index) => violated(`berth ${index} is taken`));
  const report: Report = {
    ...changeReport(TIER, findings),
    changes: [summaryOf(change)],
    pictures: [architectureOf(head.described?.document as Parameters<typeof architectureOf>[0])],
    sides: sidesOf('production', change),
  };
  const start = Date.now();
  const { page, noise } = await open(report);
  const opened = Date.now() - start;
  const rows = await page.locator('.finding').count();
  const filtering = Date.now();
  await page.locator('#words').fill('berth 77');
  await page.locator('#shown').waitFor();
  const filtered = Date.now() - filtering;
  const megabytes = fs.statSync(path.join(folder, 'report.html')).size / 1024 / 1024;
  process.stdout.write(
    `1,000 services, ${rows} findings in the page: ${megabytes.toFixed(1)} MB, written and open after ${opened} ms, filtered in ${filtered} ms\n`,
  );
  expect(noise).toEqual([]);
  expect(await page.locator('#changes').innerText()).toContain('changed in 1000 places');
  expect(await page.locator('#findings').innerText()).toMatch(/7,?000/);
  expect(megabytes).toBeLessThan(30);
});

/** Runs in the page: what an attacker would do who got that far. */
const INJECT = `
  document.body.insertAdjacentHTML(
    'beforeend',
    '<img src="https://tideline.example/x" onerror="document.title=1">',
  );
  const script = document.createElement('script');
  script.textContent = 'document.title = "pwned"';
  document.body.append(script);
  const style = document.createElement('style');
  style.textContent = 'body { display: none }';
  document.head.append(style);
`;

/** Runs in the page: whether one sees where the keyboard is. */
const OUTLINE = `
  (() => {
    const at = document.activeElement;
    if (at === null || at === document.body) return 'seen';
    const { outlineStyle, outlineWidth } = getComputedStyle(at);
    return outlineStyle === 'none' || outlineWidth === '0px' ? at.outerHTML.slice(0, 80) : 'seen';
  })()
`;

/** Runs in the page: texts with less contrast than 4.5 to 1. */
const POOR = `
  (() => {
    const channels = (text) => (text.match(/[0-9.]+/g) ?? []).map(Number);
    const light = (color) =>
      [0.2126, 0.7152, 0.0722].reduce((sum, weight, index) => {
        const part = color[index] / 255;
        return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
      }, 0);
    const behind = (node) => {
      for (let at = node; at !== null; at = at.parentElement) {
        const color = channels(getComputedStyle(at).backgroundColor);
        if (color.length === 3 || color[3] > 0.99) return color;
      }
      return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
    };
    return [...document.querySelectorAll('body *:not(svg *):not(script):not(style)')]
      .filter(
        (node) =>
          node.checkVisibility() &&
          [...node.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim() !== ''),
      )
      .flatMap((node) => {
        const [one, other] = [light(channels(getComputedStyle(node).color)), light(behind(node))];
        const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        return contrast >= 4.5 ? [] : [contrast.toFixed(2) + ' ' + node.outerHTML.slice(0, 90)];
      });
  })()
`;
