import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { LineSkeleton } from "../../ui/LineSkeleton.tsx";
import { Markdown } from "../../ui/Markdown.tsx";
import { StateBadge } from "../../ui/StateBadge.tsx";

const rows = [
	{ name: "northern-lake-21", state: "running", loss: 0.0213 },
	{ name: "rural-feather-20", state: "finished", loss: 0.112 },
	{ name: "a-name-that-goes-on-and-on-without-an-end-in-sight-19", state: "failed", loss: 1.5 },
];

/** A table with order, columns to choose and rows to tick. */
export function TableSample(): ReactNode {
	const { t } = useTranslation();
	const [order, onOrder] = useState("+name");
	const [hidden, onHidden] = useState<string[]>([]);
	const [selected, onSelected] = useState<Set<string>>(new Set());
	return (
		<DataTable
			label={t("design.tables")}
			rows={rows}
			rowKey={({ name }) => name}
			sorting={{ order, onOrder }}
			hiding={{ hidden, onHidden }}
			selecting={{ selected, onSelected, nameOf: ({ name }) => name }}
			columns={[
				{ id: "name", title: t("run.name"), kind: "main", order: "name", cell: ({ name }) => name },
				{ id: "state", title: t("run.state"), kind: "tight", cell: ({ state }) => <StateBadge state={state} /> },
				{ id: "loss", title: "loss", kind: "number", order: "loss", cell: ({ loss }) => loss },
			]}
		/>
	);
}

const markdown = "**Markdown** with a [link](https://example.org), `code`, and\n\n| a | b |\n| --- | --- |\n| 1 | 2 |";

/** Facts, code to copy, what users wrote. */
export function TextSamples(): ReactNode {
	const { t } = useTranslation();
	return (
		<>
			<div className="panel">
				<Facts
					facts={[
						{ name: t("ui.name"), value: "my-team/zoo/net:v0" },
						{ name: t("run.state"), value: <StateBadge state="finished" /> },
					]}
				/>
				<Markdown text={markdown} />
			</div>
			<CodeBlock code={'run.use_artifact("my-team/zoo/net:v0")'} label={t("design.texts")} />
		</>
	);
}

/** What stands where nothing is, and where something will be. */
export function EmptySamples(): ReactNode {
	const { t } = useTranslation();
	return (
		<>
			<EmptyState text={t("project.noRuns")} code={'wandb.init(project="zoo")'} />
			<p className="notice">{t("connection.again")}</p>
			<p className="notice bad">{t("failure.network")}</p>
			<LineSkeleton lines={3} />
		</>
	);
}
