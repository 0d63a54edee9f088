import { expect, test } from "vitest";
import { useServer } from "../server.ts";

const server = useServer();

test.each(["/ready", "/healthz"])("GET %s answers 200 to anyone", async (path) => {
	const response = await fetch(server.url + path);
	expect(response.status).toBe(200);
	await response.arrayBuffer();
});

test("GET /metrics is Prometheus text", async () => {
	const response = await fetch(`${server.url}/metrics`);
	expect(response.status).toBe(200);
	expect(response.headers.get("content-type")).toContain("text/plain");
	expect(await response.text()).toMatch(/^# TYPE \S+ (counter|gauge|histogram|summary)$/m);
});
