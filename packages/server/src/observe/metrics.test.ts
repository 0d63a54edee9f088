import { expect, it } from "vitest";
import { createMetrics } from "./metrics.ts";

it("counts requests, operations, queries and uploads, apart for each server", async () => {
	const metrics = createMetrics();
	const other = createMetrics();
	metrics.onRequest({ method: "GET", route: "/ready", status: 200, milliseconds: 3 });
	metrics.onOperation({ name: "Viewer", status: 200, milliseconds: 4 });
	metrics.onQuery("run.find", 5);
	metrics.onUploadedBytes(7);
	const { text } = await metrics.render();
	expect(text).toContain('keifu_http_requests_total{method="GET",route="/ready",status="200"} 1');
	expect(text).toContain('keifu_graphql_operations_total{operation="Viewer",status="200"} 1');
	expect(text).toContain('keifu_db_query_seconds_count{query="run.find"} 1');
	expect(text).toContain("keifu_uploaded_bytes_total 7");
	expect(text).toContain("process_cpu_seconds_total");
	expect((await other.render()).text).not.toContain("Viewer");
});

it("does not let callers make labels without end", async () => {
	const metrics = createMetrics();
	for (let index = 0; index < 1000; index++) {
		metrics.onOperation({ name: `Made${index}`, status: 200, milliseconds: 1 });
	}
	const { text } = await metrics.render();
	expect(text).toContain('keifu_graphql_operations_total{operation="other",status="200"} 700');
});
