import { expect } from "vitest";
import type { ScriptResult } from "./run-script.ts";

/** Fails unless the script printed addresses of this server and each of them opens a page. */
export async function expectPrintedPages(result: ScriptResult, baseUrl: string): Promise<void> {
	const links = printedLinks(result.output, baseUrl);
	expect(links, result.output).not.toEqual([]);
	for (const link of links) {
		const response = await fetch(link);
		await response.arrayBuffer();
		expect(response.status, link).toBe(200);
		expect(response.headers.get("content-type"), link).toContain("text/html");
	}
}

/** The addresses under the base URL that a text names. */
export function printedLinks(text: string, baseUrl: string): string[] {
	const plain = text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g"), "");
	const links = plain.match(/https?:\/\/[^\s'"<>)]+/g) ?? [];
	return [...new Set(links.map((link) => link.replace(/[.,;:]+$/, "")))].filter((link) =>
		link.startsWith(`${baseUrl}/`),
	);
}
