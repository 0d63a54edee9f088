import { expect, test } from "vitest";
import { printColumns, type RunColumnId, readColumns, usualColumns, valueAt } from "./run-columns.ts";

test("columns survive the address, in a fixed order before the keys", () => {
	const columns: RunColumnId[] = ["config.a,b", "duration", "state", "summary_metrics.val/acc"];
	const text = printColumns(columns);
	expect(readColumns(text)).toEqual(["state", "duration", "config.a,b", "summary_metrics.val/acc"]);
	expect(readColumns(printColumns([]))).toEqual([]);
	expect(readColumns("state,nonsense,state,%")).toEqual(["state"]);
	expect(readColumns(undefined)).toBeUndefined();
});

test("the first metrics are shown at first", () => {
	const usual = usualColumns({ config: ["lr"], summary: ["acc", "loss", "mse", "rmse"] });
	expect(usual.slice(-3)).toEqual(["summary_metrics.acc", "summary_metrics.loss", "summary_metrics.mse"]);
	expect(usual).not.toContain("config.lr");
});

test("a value by its way, or by a key that holds dots", () => {
	expect(valueAt({ net: { depth: 3 } }, "net.depth")).toBe(3);
	expect(valueAt({ "v.acc": 2 }, "v.acc")).toBe(2);
	expect([valueAt({ a: 1 }, "a.b"), valueAt({}, "constructor")]).toEqual([undefined, undefined]);
});
