import react from "@vitejs/plugin-react";
import { defaultClientConditions, defineConfig } from "vite";

const server = "http://127.0.0.1:8080";

// A request costs the browser some milliseconds of CPU: what every page needs is one file, and what pages share is a few.
// Below this many bytes pages fetch what they do not need themselves rather than one file more; with twice as many
// large libraries come along.
const entriesAwareMergeThreshold = 2_000;
const codeSplitting = {
	groups: [
		{ name: "start", tags: ["$initial" as const], priority: 2 },
		{
			...{ name: "shared", minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold, priority: 1 },
			test: /node_modules|packages\/(sdk|web\/src\/(ui|app-shell))\//,
		},
	],
};
// Chunks that several pages share would be named after all of them.
const chunkFileNames = ({ name }: { name: string }) => `assets/${name.split("~", 1)[0]}-[hash].js`;

export default defineConfig({
	base: "/",
	plugins: [react()],
	resolve: { conditions: ["keifu-source", ...defaultClientConditions] },
	build: {
		target: "es2023",
		sourcemap: false,
		reportCompressedSize: true,
		rolldownOptions: { output: { codeSplitting, chunkFileNames } },
	},
	server: { proxy: { "/graphql": server, "/api": server, "/artifacts": server, "/files": server, "/blobs": server } },
});
