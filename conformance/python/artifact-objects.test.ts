import { describe, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { at, listAt, textAt } from "../json.ts";
import { useServer } from "../server.ts";
import { runStep } from "./run-step.ts";

const server = useServer();
const versions = ["0.31.0", "0.18.7"];
const hex = (text: string) => Buffer.from(text).toString("hex");
const animals = [
	["zebra", 4, true],
	["ümu", 2, false],
	[null, 8, true],
];
const foods = [
	["zebra", "grass"],
	["ümu", "seeds"],
];
const pages = [
	["first", "<b>1</b>"],
	["second", "<b>2</b>"],
];

describe.each(versions)("wandb %s: objects in versions", (version) => {
	test("tables, joined, partitioned, lent and with media, and media alone, come back equal", async () => {
		const account = await createAccount(server);
		const answers = await runStep(account, version, "artifact_objects.py");
		expect(at(answers, "animals")).toEqual({ columns: ["name", "legs", "wild"], rows: animals });
		expect(at(answers, "joined key")).toBe("name");
		expect(at(answers, "joined")).toEqual([animals, foods]);
		expect(at(answers, "partitioned")).toEqual([[0], [0], [1], [2], [10], [20]]);
		expect(at(answers, "pages")).toEqual(pages);
		expect(answers).toMatchObject({
			text: { type: "Html", bytes: hex("<p>zebra</p>") },
			page: { type: "Html", bytes: hex("<p>a file</p>") },
			sound: { type: "Audio", bytes: `52494646240000005741564566${"6d7420"}${"00".repeat(28)}` },
			film: { type: "Video", bytes: `${hex("\0\0\0\u0018ftypmp42")}${"00".repeat(50)}` },
			atoms: { type: "Molecule", bytes: hex("ATOM      1  N   ALA A   1") },
			...{ caption: "roar", classes: ["zebra", "ümu"], same: true, "no such object": null },
			...{ picture: [3, 2, "grey", true], gallery: [[1, 3, 2]] },
			"no object": "Found object of type <class ",
		});
		expect(listAt(answers, "entries")).toEqual(
			expect.arrayContaining([
				...["animals.table.json", "foods.table.json", "joined.joined-table.json", "pages.table.json"],
				...["partitioned.partitioned-table.json", "parts/0.table.json", "parts/1.table.json", "parts/2.table.json"],
				...["text.html-file.json", "sound.audio-file.json", "film.video-file.json", "atoms.molecule-file.json"],
				"classes.classes.json",
			]),
		);

		// What another version holds is referred to, not stored again.
		const source = `wandb-artifact://${Buffer.from(textAt(answers, "source"), "base64").toString("hex")}`;
		expect(at(answers, "lent entries")).toMatchObject({
			"lent.table.json": `${source}/animals.table.json`,
			"lent pages.table.json": `${source}/pages.table.json`,
			"joined.joined-table.json": null,
		});
		expect([at(answers, "lent"), at(answers, "lent pages")]).toEqual([animals, pages]);
		expect(at(answers, "lent joined")).toEqual([animals, [["zebra", 7]]]);
		expect(at(answers, "seen")).toEqual([
			["run_table", [["emu"]]],
			["run_table", [["gnu"]]],
		]);
	});
});
