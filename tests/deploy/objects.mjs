// SPDX-License-Identifier: Apache-2.0

// Holds Grafana's dashboard and objects of Kubernetes against what their makers
// publish of them: JSON Schemas, which see wrong values, and TypeScript's types,
// which see unknown keys too.
// Usage: node objects.mjs DASHBOARD.json OBJECTS.json...
import {spawnSync} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const [dashboard, ...files] = process.argv.slice(2);
let wrong = 0;
const lines = [];

function declare(library, type, value) {
  const name = `value${lines.length}`;
  lines.push(`import type {${type} as type_of_${name}} from "${library}";
export const ${name}: type_of_${name} = ${JSON.stringify(value, null, 1)};`);
}

const libraryOf = ({apiVersion}) =>
  (apiVersion.startsWith("monitoring.coreos.com/")
    ? "@kubernetes-models/prometheus-operator/" : "kubernetes-models/") + apiVersion;

declare("@grafana/schema", "Dashboard", JSON.parse(readFileSync(dashboard)));
for (const file of files) {
  const objects = JSON.parse(readFileSync(file));
  if (!Array.isArray(objects) || objects.length === 0)
    throw new Error(`${file}: there are no objects`);
  for (const object of objects) {
    const {kind, metadata} = object;
    const {[kind]: model} = await import(libraryOf(object));
    try {
      new model(object).validate();
    } catch (error) {
      ++wrong;
      console.error(`${file}: ${kind} ${metadata.name}: ${error.message}`);
    }
    declare(libraryOf(object), `I${kind}`, object);
  }
}

const folder = mkdtempSync(join(here, "node_modules", ".types-"));
try {
  const source = join(folder, "values.ts");
  writeFileSync(source, lines.join("\n"));
  const {status, stdout} = spawnSync(join(here, "node_modules/.bin/tsc"), [
    "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext",
    "--moduleResolution", "nodenext", source], {encoding: "utf8"});
  if (status !== 0) {
    ++wrong;
    console.error(stdout);
  }
} finally {
  rmSync(folder, {recursive: true});
}
process.exitCode = wrong > 0 ? 1 : 0;
