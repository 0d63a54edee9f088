import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { LineageNode } from "./lineage-api.ts";

/** Where a run or a version of the graph has its own page; its bare name where it has none any more. */
export function NodeLink({ node, text }: { node: LineageNode; text?: string }): ReactNode {
	const [entity = "", project = ""] = node.project?.split("/") ?? [];
	const name = text ?? node.name ?? "";
	if (node.kind === "run" && node.run) {
		const params = { entity, project, run: node.run };
		return (
			<Link to="/$entity/$project/runs/$run" params={params} className="link run">
				{name}
			</Link>
		);
	}
	if (node.kind === "artifact" && node.collection && node.version !== null && node.version !== undefined) {
		const params = { entity, project, type: node.type ?? "", name: node.collection, version: `v${node.version}` };
		return (
			<Link to="/$entity/$project/artifacts/$type/$name/$version" params={params} className="link artifact">
				{name}
			</Link>
		);
	}
	return name;
}
