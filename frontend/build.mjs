// Compiles src/site.scss to ../static/site.css, and turns the physical left and
// right of govuk-frontend into logical start and end, so that one stylesheet
// serves left-to-right and right-to-left pages.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const MOST = 14 * 1024; // bytes gzipped: what a phone on a slow line can spare

const side = { left: "start", right: "end" };
const logical = (css) =>
  css
    .replace(/(?<=[{;])(margin|padding|border)-(left|right)(?=[-:])/g, (_, property, s) => `${property}-inline-${side[s]}`)
    .replace(/(?<=[{;])(left|right):/g, (_, s) => `inset-inline-${side[s]}:`)
    .replace(/text-align:(left|right)/g, (_, s) => `text-align:${side[s]}`)
    .replace(/(float|clear):(left|right)/g, (_, property, s) => `${property}:inline-${side[s]}`);

// Parts of govuk-frontend that no page shows, in rules of their own.
const UNUSED = /(?<=[{}])\.govuk-(?:input--width-\d+|input--extra-letter-spacing|link--(?:muted|inverse|text-colour|no-underline|no-visited-state)|list--(?:number|spaced))[^{},]*\{[^{}]*\}/g;

const { css } = sass.compile(join(here, "src", "site.scss"), {
  style: "compressed",
  loadPaths: [join(here, "node_modules")],
  quietDeps: true,
});
const out = `/* With parts of govuk-frontend 6.6.0: MIT licence, Copyright (c) Crown Copyright */\n${logical(css.replace(/^\uFEFF/, "").replace(UNUSED, ""))}\n`;
const size = gzipSync(out, { level: 9 }).length;
console.log(`site.css ${(out.length / 1024).toFixed(1)} KiB, ${(size / 1024).toFixed(1)} KiB gzipped`);
// The hashed static storage refuses a stylesheet that names a file we do not ship.
if (out.includes("url(")) throw new Error("site.css must not load other files");
if (size > MOST) throw new Error(`site.css is over ${MOST / 1024} KiB gzipped`);
writeFileSync(join(here, "..", "static", "site.css"), out);
