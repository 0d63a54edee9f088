import { Counter, collectDefaultMetrics, Registry } from "prom-client";
import { createTimes } from "./times.ts";

export type HttpSample = {
	readonly method: string;
	/** The pattern of the route, never the path: a label must have few values. */
	readonly route: string;
	readonly status: number;
	readonly milliseconds: number;
};

export type OperationSample = {
	readonly name: string;
	readonly status: number;
	readonly milliseconds: number;
};

export type Metrics = {
	onRequest(sample: HttpSample): void;
	onOperation(sample: OperationSample): void;
	/** For `DatabaseHooks.onQuery`. */
	onQuery(name: string, milliseconds: number): void;
	onUploadedBytes(bytes: number): void;
	/** The text of `GET /metrics` and its content type. */
	render(): Promise<{ readonly text: string; readonly contentType: string }>;
};

const secondBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Operation names come from outside: past this many they count as `other`, or a caller could fill the memory. */
const mostOperationNames = 300;

function boundedName(): (name: string) => string {
	const seen = new Set<string>();
	return (name) => {
		if (seen.has(name)) return name;
		if (seen.size >= mostOperationNames || !/^\w{1,80}$/.test(name)) return "other";
		seen.add(name);
		return name;
	};
}

/** Opens the metrics of one server; nothing is shared between two servers of one process. */
export function createMetrics(): Metrics {
	const registry = new Registry();
	const registers = [registry];
	collectDefaultMetrics({ register: registry });
	const requests = createTimes({
		name: "keifu_http_request_seconds",
		help: "Time to answer an HTTP request, by method, route and status.",
		labels: ["method", "route", "status"],
		buckets: secondBuckets,
		counter: {
			name: "keifu_http_requests_total",
			help: "HTTP requests answered, by method, route and status.",
		},
	});
	const operations = createTimes({
		name: "keifu_graphql_operation_seconds",
		help: "Time to execute a GraphQL operation, by name.",
		labels: ["operation"],
		buckets: secondBuckets,
	});
	const operationCount = new Counter({
		name: "keifu_graphql_operations_total",
		help: "GraphQL operations executed, by name and HTTP status.",
		labelNames: ["operation", "status"],
		registers,
	});
	const queries = createTimes({
		name: "keifu_db_query_seconds",
		help: "Time of a database query, by its name.",
		labels: ["query"],
		buckets: secondBuckets,
	});
	const uploaded = new Counter({ name: "keifu_uploaded_bytes_total", help: "Bytes received as blobs.", registers });
	const operationName = boundedName();
	return {
		onRequest({ milliseconds, method, route, status }) {
			requests.observe(milliseconds / 1000, method, route, String(status));
		},
		onOperation({ name, status, milliseconds }) {
			const operation = operationName(name);
			operations.observe(milliseconds / 1000, operation);
			operationCount.inc({ operation, status: String(status) });
		},
		onQuery(name, milliseconds) {
			queries.observe(milliseconds / 1000, name);
		},
		onUploadedBytes(bytes) {
			uploaded.inc(bytes);
		},
		async render() {
			const times = [requests, operations, queries].map((each) => each.render());
			return { text: [await registry.metrics(), ...times].join("\n"), contentType: registry.contentType };
		},
	};
}
