import { setTimeout as sleep } from "node:timers/promises";
import type { Group } from "../bench-context.ts";
import type { Row } from "../row.ts";
import { newFolder, startKeifu, startLimit } from "../server-process.ts";
import { median } from "../statistics.ts";

const settleMs = 3000;

/** From the launch to ready, on an empty folder and on one with a database in it, and what the server takes at rest. */
export const start: Group = {
	name: "start",
	measure: async ({ scale }) => {
		const cold: number[] = [];
		const warm: number[] = [];
		const memory: number[] = [];
		const cpu: number[] = [];
		const bare: number[] = [];
		for (let round = 0; round < Math.min(scale.rounds, 3); round++) {
			const folder = newFolder("start");
			const limit = await startLimit(newFolder("limit"));
			bare.push(limit.readySeconds);
			await limit.stop();
			const first = await startKeifu(folder);
			cold.push(first.readySeconds);
			await first.stop();
			const second = await startKeifu(folder);
			warm.push(second.readySeconds);
			await sleep(settleMs);
			const before = second.cpuSeconds();
			await sleep(scale.idleSeconds * 1000);
			cpu.push(((second.cpuSeconds() - before) / scale.idleSeconds) * 100);
			memory.push(second.memoryBytes() / 1e6);
			await second.stop();
		}
		const beside = { what: "limit in Node", value: median(bare) } as const;
		const absolute = (work: string, unit: Row["unit"], values: readonly number[], atMost: number): Row => ({
			work,
			unit,
			value: median(values),
			beside: unit === "s" ? beside : null,
			target: { of: "value", atMost },
		});
		return [
			absolute("start on an empty folder", "s", cold, 6),
			absolute("start, warm", "s", warm, 1.5),
			absolute("idle memory, server and database (PSS)", "MB", memory, 160),
			absolute("idle CPU", "%", cpu, 0.5),
		];
	},
};
