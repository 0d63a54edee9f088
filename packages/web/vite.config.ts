import react from "@vitejs/plugin-react";
import { defaultClientConditions, defineConfig } from "vite";

const server = "http://127.0.0.1:8080";

export default defineConfig({
	base: "/",
	plugins: [react()],
	resolve: { conditions: ["keifu-source", ...defaultClientConditions] },
	build: { target: "es2023", sourcemap: false, reportCompressedSize: true },
	server: { proxy: { "/graphql": server, "/api": server, "/artifacts": server, "/files": server, "/blobs": server } },
});
