import { expect, test } from "vitest";
import { between, readMetrics, sum } from "./scrape-metrics.ts";

const text = `# TYPE keifu_db_query_seconds histogram
keifu_db_query_seconds_bucket{le="0.001",query="artifact.insert"} 1
keifu_db_query_seconds_sum{query="artifact.insert"} 0.5
keifu_db_query_seconds_count{query="artifact.insert"} 2
keifu_db_query_seconds_sum{query="unnamed"} 1
keifu_db_query_seconds_count{query="unnamed"} 4
keifu_graphql_operation_seconds_sum{operation="Viewer"} 0.25
keifu_graphql_operation_seconds_count{operation="Viewer"} 1
`;

test("counts and sums are read by label, buckets left out", () => {
	const { queries, operations } = readMetrics(text);
	expect(Object.fromEntries(queries)).toEqual({
		"artifact.insert": { count: 2, seconds: 0.5 },
		unnamed: { count: 4, seconds: 1 },
	});
	expect(sum(operations)).toEqual({ count: 1, seconds: 0.25 });
});

test("between two scrapes there is what moved, what is new included", () => {
	const before = new Map([["unnamed", { count: 4, seconds: 1 }]]);
	expect(Object.fromEntries(between(before, readMetrics(text).queries))).toEqual({
		"artifact.insert": { count: 2, seconds: 0.5 },
	});
});
