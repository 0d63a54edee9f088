import type { LineageNode } from "./lineage-rows.ts";

export const exportFormats = ["ndjson", "csv", "dot"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const contentTypes: Readonly<Record<ExportFormat, string>> = {
	ndjson: "application/x-ndjson; charset=utf-8",
	csv: "text/csv; charset=utf-8",
	dot: "text/vnd.graphviz; charset=utf-8",
};

const columns = [
	...["row", "number", "target", "id", "kind", "type", "name", "run", "project", "state", "deleted", "created_at"],
	...["aliases", "links"],
] as const;

/** What stands before the nodes. */
export function startOfExport(format: ExportFormat): string {
	if (format === "csv") return `${columns.join(",")}\r\n`;
	return format === "dot" ? "digraph lineage {\n\trankdir=LR;\n" : "";
}

export function endOfExport(format: ExportFormat): string {
	return format === "dot" ? "}\n" : "";
}

/** A node under the number that edges name it by. */
export function lineOfNode(format: ExportFormat, number: number, node: LineageNode): string {
	if (format === "ndjson") return `${JSON.stringify({ node: number, ...node })}\n`;
	if (format === "dot") {
		const shape = node.kind === "run" ? "ellipse" : "box";
		const style = node.isDeleted ? ', style="dashed"' : "";
		return `\tn${number} [label=${dotText(node.name)}, shape=${shape}, tooltip=${dotText(node.project)}${style}];\n`;
	}
	const { id, kind, type, name, run, project, state, isDeleted, createdAt, aliases, links } = node;
	const linked = links.map((link) => `${link.project}/${link.collection}:v${link.version}`);
	return csvLine([
		...["node", number, "", id, kind, type, name, run ?? "", project, state, isDeleted],
		...[createdAt?.toISOString() ?? "", aliases.join(" "), linked.join(" ")],
	]);
}

/** An edge by numbers of nodes; `hidden-1` and the like stand for what may not be seen. */
export function lineOfEdge(format: ExportFormat, from: number | string, to: number | string): string {
	if (format === "ndjson") return `${JSON.stringify({ edge: [from, to] })}\n`;
	if (format === "csv") return csvLine(["edge", from, to, ...Array<string>(columns.length - 3).fill("")]);
	const hidden = [from, to].filter((end) => typeof end === "string");
	const stubs = hidden.map((name) => `\t${dotName(name)} [label="?", shape=point];\n`).join("");
	return `${stubs}\t${dotName(from)} -> ${dotName(to)};\n`;
}

const dotName = (end: number | string) => (typeof end === "number" ? `n${end}` : end.replace("-", "_"));
const dotText = (text: string) => `"${text.replace(/[\\"]/g, "\\$&").replace(/[\r\n]+/g, " ")}"`;

function csvLine(values: ReadonlyArray<string | number | boolean>): string {
	return `${values.map(csvText).join(",")}\r\n`;
}

/** Quoted where it must be; a spreadsheet must not take a name for a formula. */
function csvText(value: string | number | boolean): string {
	const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
