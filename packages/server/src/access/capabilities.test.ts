import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { capabilityNames } from "./capabilities.ts";

test("the enum Capability names the actions of the tables", () => {
	const sdl = readFileSync(join(import.meta.dirname, "../graphql/base.graphql"), "utf8");
	const values = /enum Capability \{([^}]*)\}/.exec(sdl)?.[1]?.match(/[A-Z_]+/g);
	expect(values).toEqual(capabilityNames);
});
