// Draws one paper again and again with docxtemplater, and prints the milliseconds as JSON.
//
//     node docxtemplater.js TEMPLATE NAMES RUNS [OUT]
//
// Run by word.py in a folder where docxtemplater and pizzip are installed.
"use strict";

const fs = require("fs");
const { createRequire } = require("module");
const near = createRequire(process.cwd() + "/");
const PizZip = near("pizzip");
const Docxtemplater = near("docxtemplater");

const [template, names, runs, out] = process.argv.slice(2);
const content = fs.readFileSync(template);
const given = JSON.parse(fs.readFileSync(names, "utf8"));
const spent = [];
let made = null;
for (let run = 0; run < Number(runs); run += 1) {
  const began = process.hrtime.bigint();
  const paper = new Docxtemplater(new PizZip(content), { paragraphLoop: true, linebreaks: true });
  paper.render(given);
  made = paper.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  spent.push(Number(process.hrtime.bigint() - began) / 1e6);
}
if (out) fs.writeFileSync(out, made);
console.log(JSON.stringify({ ms: spent, mb: 0 }));
