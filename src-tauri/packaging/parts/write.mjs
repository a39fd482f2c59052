// Writes licences.txt and tapdesk.cdx.json to a folder: `node write.mjs ROOT TOOLS FOLDER`. Fails where a licence is missing.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { billOfMaterials } from "./bill_of_materials.mjs";
import { licences } from "./licences.mjs";
import { pageParts } from "./page.mjs";
import { programParts } from "./program.mjs";

const [root, tools, folder] = process.argv.slice(2);
const require = createRequire(join(tools, "package.json"));
const parse = require("spdx-expression-parse");
const satisfies = require("spdx-satisfies");
const { Validation, Spec } = require("@cyclonedx/cyclonedx-library");

/** The published text of an SPDX identifier. */
const published = (id) => {
  try {
    return require(`spdx-license-list/licenses/${id}.json`).licenseText;
  } catch {
    return undefined;
  }
};

const program = programParts(root);
const page = await pageParts(root);

// cargo-deny holds the crates to deny.toml, and lets nothing stand there that no crate needs; nobody else looks at the page's.
const pageAlone = ["0BSD"];
const inDenyToml = /^allow = \[([^\]]*)\]/m.exec(readFileSync(join(root, "deny.toml"), "utf8"))[1].match(/(?<=")[^"]+(?=")/g);
const allowed = [...pageAlone, ...inDenyToml.filter((id) => !id.includes(" "))];
for (const part of page) {
  if (!satisfies(part.licence, allowed)) {
    throw new Error(`${part.id} is under ${part.licence}, which deny.toml does not allow`);
  }
}

const bill = JSON.stringify(billOfMaterials(program, page, Number(process.env.SOURCE_DATE_EPOCH)), null, 1);
const wrong = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(bill);
if (wrong !== null) throw new Error(`the bill of materials is none: ${JSON.stringify(wrong)}`);

const foreign = [...program.filter((part) => !part.own), ...page];
writeFileSync(join(folder, "licences.txt"), licences(foreign, { parse, published }));
writeFileSync(join(folder, "tapdesk.cdx.json"), `${bill}\n`);
process.stdout.write(`${foreign.length} parts by others\n`);
