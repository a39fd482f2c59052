// The bill of materials (CycloneDX 1.6, JSON) of the program and its page. The same sources make the same bytes.
import { createHash } from "node:crypto";

const purl = (part) => `pkg:cargo/${part.name}@${part.version}`;

function crate(part) {
  return {
    type: "library",
    "bom-ref": purl(part),
    name: part.name,
    version: part.version,
    ...(part.authors.length > 0 && { authors: part.authors.map((name) => ({ name })) }),
    ...(part.checksum && { hashes: [{ alg: "SHA-256", content: part.checksum }] }),
    licenses: [{ expression: part.licence }],
    purl: purl(part),
  };
}

/** An identifier that follows from the content, as a UUID of version 8 (RFC 9562). */
function serial(content) {
  const hex = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The bill of materials at this time (seconds since 1970). */
export function billOfMaterials(program, page, epoch) {
  const root = program.find((part) => part.name === "tapdesk");
  const names = new Map(program.map((part) => [part.id, purl(part)]));
  const inPage = new Set(page.map((part) => part.id));
  const components = [
    ...program.filter((part) => part !== root).map(crate),
    ...page.map(({ component: { author, ...rest } }) => ({ ...rest, ...(author && { authors: [{ name: author }] }) })),
  ];
  const dependencies = [
    ...program.map((part) => ({
      ref: purl(part),
      dependsOn: [...part.needs.map((id) => names.get(id)), ...(part === root ? inPage : [])].sort(),
    })),
    ...page.map((part) => ({ ref: part.id, dependsOn: part.needs.filter((id) => inPage.has(id)).sort() })),
  ];
  const content = {
    metadata: {
      timestamp: new Date(epoch * 1000).toISOString(),
      lifecycles: [{ phase: "build" }],
      component: { ...crate(root), type: "application" },
    },
    components,
    dependencies,
  };
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: serial(content),
    version: 1,
    ...content,
  };
}
