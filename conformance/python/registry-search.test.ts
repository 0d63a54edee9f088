import { describe, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { at } from "../json.ts";
import { useServer } from "../server.ts";
import { runStep } from "./run-step.ts";
import { clientVersions } from "./setup.mjs";

// api.registries().collections().versions(): the client's operators as a table.

const server = useServer();
const newest = "0.31.0";
/** The oldest that searches registries. */
const oldest = "0.19.11";
const [v0, v1, v2, zebra, stripes] = ["Lions:v0", "Lions:v1", "Lions:v2", "Zebras:v0", "stripes-all:v0"];

const versions = {
	$eq: [v1],
	bare: [v2],
	$ne: [v1, v2],
	$gt: [v0],
	$gte: [v0, v1],
	$lt: [v1],
	$lte: [v0, v1, zebra, stripes],
	$in: [v1],
	$nin: [v2, zebra, stripes],
	$regex: [v1],
	$contains: [v0, v2, zebra, stripes],
	$exists: [v0],
	"not $exists": [v2],
	$size: [v0],
	$all: [v1],
	$and: [v0],
	$or: [v1, v2],
	$nor: [zebra, stripes],
	$not: [v2, zebra, stripes],
	"inner $not": [v1, v2],
	null: [v0, v1, v2, zebra, stripes],
	"in a list": [v0],
	since: [v0, v1, v2, zebra, stripes],
	never: [],
};

describe.each(
	clientVersions.map(({ version }) => version).filter((version) => version === newest || version === oldest),
)("wandb %s", (version) => {
	test("searches registries, collections and versions", async () => {
		const account = await createAccount(server);
		const answers = await runStep(account, version, "registry_search.py");
		expect(at(answers, "registries")).toEqual({
			all: ["dataset", "model"],
			named: ["dataset"],
			pattern: ["dataset"],
			either: ["dataset", "model"],
			none: [],
			old: [],
		});
		expect(at(answers, "collections")).toEqual({
			all: ["Lions", "Zebras", "stripes-all"],
			named: ["Lions"],
			pattern: ["Lions"],
			in: ["Lions", "Zebras"],
			"of a registry": [],
			contains: ["stripes-all"],
		});
		expect(at(answers, "versions")).toEqual(versions);
		expect(at(answers, "versions of collections")).toEqual([zebra]);
		expect(at(answers, "versions of none")).toEqual([]);
		expect(at(answers, "errors")).toMatchObject({
			pattern: expect.stringContaining("The pattern of $regex is not a valid regular expression."),
			field: expect.stringMatching(/Invalid filter fields: 'colour'|Versions have no field "colour"/),
		});
		if (version === newest) {
			expect(answers).toMatchObject({
				pages: [
					["dataset", "model"],
					["Lions", "Zebras", "stripes-all"],
					[v0, v1, v2, zebra, stripes],
				],
				count: 3,
				orders: [
					["dataset", "model"],
					["model", "dataset"],
					["stripes-all", "Zebras", "Lions"],
					[v0, stripes, zebra],
				],
				"of a type": ["lion", "zebra"],
				"of a project": [["zebra"], ["zebra", "lion"], ["lion"]],
			});
		}
	});
});
