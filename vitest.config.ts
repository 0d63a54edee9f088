import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

const testDbServer = "packages/server/src/testing/test-db-server.ts";
const pythonVenvs = "conformance/python/venvs.ts";
const conditions = ["keifu-source"];
const notSources = ["**/node_modules/**", "**/dist/**"];
const needsDatabase = ["packages/*/src/**/*.{db,http}.test.ts"];
const needsBrowser = ["packages/*/src/**/*.web.test.{ts,tsx}"];
// The machines this runs on have two cores, and a database or a browser beside the tests.
const maxWorkers = 2;

export default defineConfig({
	resolve: { conditions: [...conditions, "module", "node", "development|production"] },
	ssr: {
		resolve: {
			conditions: [...conditions, "module", "node", "development|production"],
			externalConditions: [...conditions, "node"],
		},
	},
	test: {
		setupFiles: ["scripts/fixed-seed.ts"],
		projects: [
			{
				extends: true,
				test: {
					name: "unit",
					include: ["packages/*/src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts", "bench/**/*.test.ts"],
					exclude: [...notSources, ...needsDatabase, ...needsBrowser],
					sequence: { groupOrder: 0 },
					testTimeout: 30_000,
				},
			},
			{
				extends: true,
				test: {
					name: "db",
					include: needsDatabase,
					exclude: notSources,
					globalSetup: existsSync(testDbServer) ? [testDbServer] : [],
					sequence: { groupOrder: 1 },
					maxWorkers,
					testTimeout: 60_000,
					hookTimeout: 120_000,
				},
			},
			{
				extends: true,
				test: {
					name: "web",
					include: needsBrowser,
					exclude: notSources,
					sequence: { groupOrder: 2 },
					maxWorkers,
					// A page that is loaded anew is polled until it shows what it should; a busy machine takes its time.
					expect: { poll: { timeout: 15_000 } },
					testTimeout: 120_000,
					hookTimeout: 180_000,
				},
			},
			{
				extends: true,
				test: {
					name: "conformance",
					include: ["conformance/**/*.test.ts"],
					exclude: notSources,
					globalSetup: existsSync(pythonVenvs) ? [pythonVenvs] : [],
					sequence: { groupOrder: 3 },
					maxWorkers,
					testTimeout: 300_000,
					hookTimeout: 300_000,
				},
			},
		],
	},
});
