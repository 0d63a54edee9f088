import { describe, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { at, listAt } from "../json.ts";
import { useServer } from "../server.ts";
import { runStep } from "./run-step.ts";

const server = useServer();
/** So many processes take their time where other work goes on. */
const timeoutMs = 240_000;

/** `v0`, `v1`, … without a gap, newest first. */
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `v${count - 1 - index}`);

/** The files that so many writers put into one version. */
function parts(round: string, writers: number): Record<string, string> {
	const numbers = Array.from({ length: writers }, (_, number) => String(number));
	return {
		"index.txt": `${writers} parts`,
		"same.txt": round,
		...Object.fromEntries(numbers.map((number) => [`part-${number}.txt`, `${round}/${number}`])),
		...Object.fromEntries(numbers.map((number) => [`${number}/deep.txt`, number])),
	};
}

describe.each(["0.31.0", "0.18.7"])("wandb %s: many writers", (version) => {
	test("16 processes at one collection get numbers without a gap, and equal content once", async () => {
		const account = await createAccount(server);
		const answers = await runStep(account, version, "artifact_writers.py", { timeoutMs });
		const held = Object(at(answers, "held"));
		const digests = Object(at(answers, "digests"));
		expect(Object.keys(held)).toEqual(numbered(16 * 4 + 1));
		const said = listAt(answers, "said");
		const common = new Set(said.map((each) => at(each, "common")));
		expect([...common].map((name) => held[String(name)])).toEqual([at(answers, "common")]);
		for (const [number, each] of said.entries()) {
			const own: [string, unknown][] = Object.entries(Object(at(each, "own")));
			// What the client was told is what is there, in the order in which its run logged it.
			expect(own.map(([, name]) => held[String(name)])).toEqual(own.map(([text]) => digests[text]));
			const order = own.map(([, name]) => Number(String(name).slice(1)));
			expect(order).toEqual([...order].sort((a, b) => a - b));
			const last = String(own.at(-1)?.[1]);
			expect(at(answers, "aliases", last)).toContain(`of-${number}`);
		}
		const aliases = Object.values(Object(at(answers, "aliases"))).flat();
		expect(aliases).toHaveLength(16 + 1);
		expect(new Set(aliases).size).toBe(16 + 1);
	});

	test("of one version see it once all are done, with every part; the same id then starts the next one", async () => {
		const account = await createAccount(server);
		const answers = await runStep(account, version, "artifact_distributed.py", { timeoutMs });
		const whole = (round: string, writers: number, before: string[]) => {
			const texts = parts(round, writers);
			const size = Object.values(texts).reduce((sum, text) => sum + text.length, 0);
			const facts = { description: `of the ${round} round`, metadata: { writers } };
			const counted = { texts, size, fileCount: Object.keys(texts).length };
			const codes = Array.from({ length: writers }, () => 0);
			return { codes, "visible before": before, ...counted, ...facts, aliases: ["latest", "part-0", "whole"] };
		};
		expect(at(answers, "rounds")).toEqual([
			{ version: "v0", ...whole("first", 8, []) },
			{ version: "v1", ...whole("second", 2, ["v0"]) },
		]);
		expect(at(answers, "versions")).toEqual(["v1", "v0"]);
		expect(at(answers, "outputs")).toEqual({
			"writer-first-0": ["shared:v0"],
			"writer-second-1": ["shared:v1"],
			"finisher-first": ["shared:v0"],
		});
	});
});
