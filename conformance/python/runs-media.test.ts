import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { useServer } from "../server.ts";
import { expectSuccess, newClient, reported } from "./run-script.ts";
import { clientVersions } from "./setup.mjs";

const server = useServer();
const script = readFileSync(join(import.meta.dirname, "steps", "run_media.py"), "utf8");

describe.each(clientVersions)("wandb $version: media of runs", ({ version }) => {
	test("images, tables, pages and histograms read back equal, from files, history and versions", async () => {
		const account = await createAccount(server);
		const result = await newClient(version, account).script(script);
		expectSuccess(result);
		expect(reported(result)).toEqual({
			images: [
				["image-file", "zebra", 4, true],
				["image-file", "emu", 4, true],
			],
			inner: [true, true],
			several: ["images/separated", ["one", "two"], true, true],
			boxes: { minX: 0.1, maxX: 0.5, minY: 0.2, maxY: 0.6 },
			page: "<p>zebra</p>",
			counts: ["histogram", [3, 1, 2], [0, 1, 2, 3]],
			summary: ["emu", 2, 4],
			table: [["animal", "legs", "awake", "note"], true],
			logged: ["run-media-pictures", "run-media-table"],
			"as version": true,
			pictures: [
				["name", "picture"],
				[
					["zebra", true],
					["emu", true],
				],
			],
			used: ["run-media-pictures:v0"],
			files: ["media/html", "media/images", "media/metadata/boxes2D", "media/table"],
		});
	});
});
