// Opens the pages of an unpacked EPUB in headless Chromium, one after the other, as a reading
// system shows them, and prints what is wrong with them, one fault to a line.
//
//   node open.cjs FOLDER [SHOTS]
//
// FOLDER is the unpacked EPUB; with SHOTS, pictures of its pages go to that folder, by day
// and by night. `playwright-core` is found by NODE_PATH, Chromium by CHROMIUM or its name.
'use strict';

const fs = require('fs');
const http = require('http');
const path = require('path');
const { chromium } = require('playwright-core');

const [folder, shots] = process.argv.slice(2).map((name) => path.resolve(name));
const SIZE = { width: 390, height: 640 };
const TYPES = {
  xhtml: 'application/xhtml+xml', css: 'text/css', png: 'image/png', jpg: 'image/jpeg',
  gif: 'image/gif', webp: 'image/webp', svg: 'image/svg+xml', otf: 'font/otf',
  ttf: 'font/ttf', opf: 'application/oebps-package+xml', ncx: 'application/x-dtbncx+xml',
};
// What a reading system puts around a book at night.
const NIGHT = ':root { background: #121212; color: #e0e0e0; }';

/** The XHTML files of the spine, below `folder`. */
function spine() {
  const read = (name) => fs.readFileSync(path.join(folder, name), 'utf8');
  const opf = /full-path="([^"]+)"/.exec(read('META-INF/container.xml'))[1];
  const text = read(opf);
  const hrefs = new Map();
  for (const [item] of text.matchAll(/<item [^>]*>/g)) {
    hrefs.set(/ id="([^"]+)"/.exec(item)[1], / href="([^"]+)"/.exec(item)[1]);
  }
  const places = [...text.matchAll(/<itemref [^>]*idref="([^"]+)"/g)];
  return places.map(([, id]) => path.posix.join(path.posix.dirname(opf), hrefs.get(id)));
}

/** A server of the files, since pages from the disk may not load fonts. */
function serve() {
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    const file = path.join(folder, name);
    if (name === '/favicon.ico') return response.writeHead(204).end();
    if (!file.startsWith(folder) || !fs.existsSync(file)) {
      return response.writeHead(404).end();
    }
    const type = TYPES[path.extname(file).slice(1)] || 'application/octet-stream';
    response.writeHead(200, { 'content-type': type }).end(fs.readFileSync(file));
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

/** Runs in the page: what of its boxes is not as it should be. */
function look() {
  const faults = [];
  const words = (element) => (element.textContent || '').trim().slice(0, 20);
  const name = (element) => `<${element.localName} class="${element.className}"> ${words(element)}`;
  const vertical = document.documentElement.classList.contains('vrtl');
  const mode = getComputedStyle(document.body).writingMode;
  if (mode !== (vertical ? 'vertical-rl' : 'horizontal-tb')) {
    faults.push(`the body is ${mode}`);
  }
  // Nothing is longer than the line, unless a box around it scrolls.
  const room = vertical ? innerHeight : innerWidth;
  const scrolls = (element) => {
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      if (/auto|scroll|hidden/.test(getComputedStyle(box).overflow)) return true;
    }
    return false;
  };
  for (const element of document.querySelectorAll('body *')) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    const [start, end] = vertical ? [box.top, box.bottom] : [box.left, box.right];
    if ((start < -1 || end > room + 1) && !scrolls(element.parentElement)) {
      faults.push(`sticks out of the line, ${start.toFixed()} to ${end.toFixed()} of ${room}: ${name(element)}`);
    }
  }
  for (const pre of document.querySelectorAll('pre, table')) {
    const over = vertical ? pre.scrollHeight - pre.clientHeight : pre.scrollWidth - pre.clientWidth;
    if (over > 1) faults.push(`is cut off by ${over}: ${name(pre)}`);
  }
  // Readings stand over their words, or to the right of them.
  for (const rt of document.querySelectorAll('rt')) {
    const box = rt.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) {
      faults.push(`a reading without a box: ${name(rt.parentElement)}`);
      continue;
    }
    if (!/over|auto|alternate|initial/.test(getComputedStyle(rt.parentElement).rubyPosition)) continue;
    const range = document.createRange();
    const base = rt.previousSibling;
    if (!base || rt.parentElement.parentElement.closest('ruby')) continue;
    range.selectNodeContents(base);
    const text = range.getBoundingClientRect();
    const right = vertical
      ? box.left + box.width / 2 > text.left + text.width / 2
      : box.top + box.height / 2 < text.top + text.height / 2;
    if (!right) faults.push(`a reading on the wrong side: ${name(rt.parentElement)}`);
  }
  if (vertical) {
    for (const tcy of document.querySelectorAll('.tcy')) {
      const style = getComputedStyle(tcy);
      if (style.textCombineUpright !== 'all') faults.push(`is not set across: ${name(tcy)}`);
      const em = parseFloat(style.fontSize);
      if (tcy.getBoundingClientRect().height > 1.3 * em) faults.push(`is longer than one em: ${name(tcy)}`);
    }
  }
  // Marks of notes stay with the word before them.
  for (const mark of document.querySelectorAll('.noteref')) {
    const before = mark.previousSibling;
    if (!before || before.nodeType !== Node.TEXT_NODE || !before.data) continue;
    const range = document.createRange();
    range.setStart(before, before.length - 1);
    range.setEnd(before, before.length);
    const [word, box] = [range.getBoundingClientRect(), mark.getBoundingClientRect()];
    const apart = vertical ? box.right < word.left : box.top > word.bottom;
    if (apart) faults.push(`a mark of a note begins a line: ${name(mark.parentElement)}`);
  }
  // What MathML Core leaves to the style sheet.
  for (const box of document.querySelectorAll('menclose')) {
    const { borderWidth, backgroundImage } = getComputedStyle(box);
    if (!/[1-9]/.test(borderWidth) && backgroundImage === 'none') {
      faults.push(`${box.getAttribute('notation')} is not drawn: ${name(box)}`);
    }
  }
  for (const cell of document.querySelectorAll('mtd[columnalign]')) {
    const side = cell.getAttribute('columnalign');
    if (!getComputedStyle(cell).textAlign.endsWith(side)) faults.push(`is not set ${side}: ${name(cell)}`);
  }
  for (const image of document.images) {
    if (image.naturalWidth === 0) faults.push(`an image that is not drawn: ${image.src}`);
  }
  return faults;
}

/** Runs in the page: words that are too near in colour to what is behind them. */
function contrast() {
  const parse = (color) => {
    const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, below) => ({
    r: top.r * top.a + below.r * (1 - top.a),
    g: top.g * top.a + below.g * (1 - top.a),
    b: top.b * top.a + below.b * (1 - top.a),
    a: 1,
  });
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((level) => {
      const share = level / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (element) => {
    const grounds = [];
    for (let box = element; box; box = box.parentElement) {
      grounds.push(parse(getComputedStyle(box).backgroundColor));
    }
    const page = { r: 255, g: 255, b: 255, a: 1 };
    return grounds.reverse().reduce((below, top) => over(top, below), page);
  };
  const faults = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (!text.data.trim()) continue;
    const element = text.parentElement;
    const ground = behind(element);
    const ink = luminance(over(parse(getComputedStyle(element).color), ground));
    const paper = luminance(ground);
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < 4.5) {
      faults.add(`contrast of ${ratio.toFixed(2)}: <${element.localName} class="${element.className}"> ${text.data.trim().slice(0, 20)}`);
    }
  }
  return [...faults];
}

/** The fonts that draw the words of the page, but for formulas, which have fonts of their own. */
async function fonts(page) {
  await page.evaluate(() => document.querySelectorAll('math').forEach((math) => math.remove()));
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument', { depth: -1 });
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: 'body *' });
  const foreign = new Map();
  for (const nodeId of nodeIds) {
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    for (const font of fonts.filter((font) => !font.isCustomFont)) {
      foreign.set(font.familyName, nodeId);
    }
  }
  const faults = [];
  for (const [family, nodeId] of foreign) {
    const { outerHTML } = await session.send('DOM.getOuterHTML', { nodeId });
    faults.push(`set in ${family}, which the book does not bring: ${outerHTML.replace(/ xmlns\S+/g, '').slice(0, 90)}`);
  }
  await session.detach();
  return faults;
}

async function main() {
  const server = await serve();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const page = await browser.newPage({ viewport: SIZE, deviceScaleFactor: shots ? 2 : 1 });
  const faults = [];
  let current = '';
  const tell = (fault) => faults.push(`${current}: ${fault}`);
  page.on('console', (message) => /error|warning/.test(message.type()) && tell(`console: ${message.text()}`));
  page.on('pageerror', (error) => tell(`error: ${error.message}`));
  page.on('requestfailed', (request) => tell(`cannot load ${request.url()}`));
  page.on('response', (response) => response.status() >= 400 && tell(`${response.status()} for ${response.url()}`));
  const pages = spine();
  for (current of pages) {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(`http://127.0.0.1:${server.address().port}/${current}`);
    await page.evaluate(() => document.fonts.ready);
    const stem = path.basename(current, '.xhtml');
    (await page.evaluate(look)).forEach(tell);
    (await page.evaluate(contrast)).forEach(tell);
    if (shots) await shoot(page, path.join(shots, `${stem}.png`));
    await page.emulateMedia({ colorScheme: 'dark' });
    const night = await page.evaluate((css) => {
      const style = document.createElementNS('http://www.w3.org/1999/xhtml', 'style');
      style.textContent = css;
      document.head.prepend(style);
    }, NIGHT);
    (await page.evaluate(contrast)).forEach((fault) => tell(`at night, ${fault}`));
    if (shots) await shoot(page, path.join(shots, `${stem}-night.png`));
    if (!process.env.READER_FONTS) (await fonts(page)).forEach(tell);
  }
  await browser.close();
  server.close();
  for (const fault of faults) console.log(fault);
  console.log(`${pages.length} pages opened`);
}

/** A picture of the page: all of it, but no more than three screens. */
async function shoot(page, file) {
  const vertical = await page.evaluate(() => document.documentElement.classList.contains('vrtl'));
  const size = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return { width: scrollWidth, height: scrollHeight };
  });
  const most = vertical ? { width: Math.min(size.width, 1600), height: SIZE.height } : { width: SIZE.width, height: Math.min(size.height, 2400) };
  await page.setViewportSize(most);
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: file });
  await page.setViewportSize(SIZE);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
