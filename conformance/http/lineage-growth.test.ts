import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { newFolder } from "../server.ts";

const root = resolve(import.meta.dirname, "../..");
const soak = process.env.KEIFU_SOAK === "1";
const sizes = soak ? "100000,1000000,10000000" : "2000,8000";

// The soak run leaves its figures and their plot where the bench keeps its own.
test("questions to a growing lineage graph are measured and plotted", { timeout: 4 * 3_600_000 }, () => {
	const out = soak ? join(root, "bench/results") : newFolder("growth");
	onTestFinished(() => {
		if (!soak) rmSync(out, { recursive: true, force: true });
	});
	const args = ["bench/lineage-growth.ts", `--edges=${sizes}`, `--out=${out}`];
	const { status, stderr } = spawnSync(join(root, "node_modules/.bin/node"), args, { cwd: root, encoding: "utf8" });
	expect(status, stderr).toBe(0);
	const { sizes: found } = JSON.parse(readFileSync(join(out, "lineage-growth.json"), "utf8"));
	expect(found).toHaveLength(sizes.split(",").length);
	for (const { edges, graphBytes } of found) expect(graphBytes / edges).toBeLessThan(edges < 10_000 ? 400 : 60);
	expect(readFileSync(join(out, "lineage-growth.png")).subarray(1, 4).toString()).toBe("PNG");
});
