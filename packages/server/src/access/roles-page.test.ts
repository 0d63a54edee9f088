import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rolesPage, rolesPageFile } from "../../codegen/roles-page.ts";
import { projectActions, projectRule } from "./roles.ts";

test("docs/roles.md is what the tables say: node packages/server/codegen/roles-page.ts writes it anew", () => {
	expect(readFileSync(rolesPageFile, "utf8")).toBe(rolesPage());
});

test("each of the 27 rows of the registry table stands for one action", () => {
	const rows = projectActions.flatMap((action) => projectRule(action).row ?? []);
	expect(rows.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 27 }, (_, index) => index + 1));
});
