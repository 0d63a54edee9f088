import { expect, it } from "vitest";
import { createTimes } from "./times.ts";

const options = { name: "t_seconds", help: "Time.", labels: ["kind", "path"], buckets: [0.1, 1] };

it("counts what took at most so long, what took longer, and their sum, for each set of labels", () => {
	const times = createTimes({ ...options, counter: { name: "t_total", help: "How many." } });
	times.observe(0.05, "a", "x");
	times.observe(0.1, "a", "x");
	times.observe(0.5, "a", "x");
	times.observe(2, "a", "x");
	times.observe(0.25, "b", "x");
	expect(times.render().split("\n")).toEqual([
		"# HELP t_seconds Time.",
		"# TYPE t_seconds histogram",
		't_seconds_bucket{le="0.1",kind="a",path="x"} 2',
		't_seconds_bucket{le="1",kind="a",path="x"} 3',
		't_seconds_bucket{le="+Inf",kind="a",path="x"} 4',
		't_seconds_sum{kind="a",path="x"} 2.65',
		't_seconds_count{kind="a",path="x"} 4',
		't_seconds_bucket{le="0.1",kind="b",path="x"} 0',
		't_seconds_bucket{le="1",kind="b",path="x"} 1',
		't_seconds_bucket{le="+Inf",kind="b",path="x"} 1',
		't_seconds_sum{kind="b",path="x"} 0.25',
		't_seconds_count{kind="b",path="x"} 1',
		"# HELP t_total How many.",
		"# TYPE t_total counter",
		't_total{kind="a",path="x"} 4',
		't_total{kind="b",path="x"} 1',
		"",
	]);
});

it("writes values so that they end where they end", () => {
	const times = createTimes({ ...options, labels: ["path"] });
	times.observe(0, 'a"\\\n');
	expect(times.render()).toContain('t_seconds_count{path="a\\"\\\\\\n"} 1');
});
