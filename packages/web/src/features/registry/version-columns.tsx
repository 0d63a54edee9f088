import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import type { Column } from "../../ui/DataTable.tsx";
import { formatBytes, formatValue } from "../../ui/format.ts";
import { TimeText } from "../../ui/TimeText.tsx";
import { versionName } from "../artifact/ArtifactLink.tsx";
import { TtlText } from "../artifact/TtlText.tsx";
import { AliasChips } from "./AliasChips.tsx";
import { LinkedVersionMenu } from "./LinkedVersionMenu.tsx";
import type { LinkedVersionFragment } from "./linked-versions.graphql.gen.ts";
import type { Metric } from "./metrics.ts";
import { RegistryVersionLink } from "./RegistryVersionLink.tsx";
import { RunLink } from "./RunLink.tsx";
import type { CollectionInfo, RegistryHead } from "./registry.queries.ts";
import type { SelectionPath } from "./registry-paths.ts";
import { SourceLink } from "./SourceLink.tsx";

export type LinkedRow = LinkedVersionFragment & { metrics: ReadonlyMap<string, number> };

type About = {
	place: { org: string; registry: string };
	path: SelectionPath;
	registry: RegistryHead;
	collection: CollectionInfo;
	metrics: Metric[];
};

const mostMetricColumns = 6;

/** Columns that are there when asked for. */
export function usualHidden(metrics: readonly Metric[]): string[] {
	return ["created", ...metrics.slice(mostMetricColumns).map(({ id }) => id)];
}

/** A name on one line; whole where it is pointed at. */
function Maker({ name, children = name }: { name: string | null | undefined; children?: ReactNode }): ReactNode {
	if (!name) return <span className="quiet">–</span>;
	return (
		<span className="maker" title={name}>
			{children}
		</span>
	);
}

function Creator({ artifact }: LinkedRow): ReactNode {
	const creator = artifact?.createdBy ?? null;
	if (creator === null || "username" in creator) return <Maker name={creator?.username} />;
	return (
		<Maker name={creator.displayName ?? creator.name}>
			<RunLink run={creator} />
		</Maker>
	);
}

function useMetricColumns(metrics: Metric[]): Column<LinkedRow>[] {
	const { t, i18n } = useTranslation();
	return useMemo(() => {
		const names = metrics.map(({ name }) => name);
		return metrics.map(({ id, name, source }) => ({
			id,
			title: names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${t(`registry.metricOf.${source}`)})`,
			kind: "number" as const,
			order: `metric:${id}`,
			cell: (row: LinkedRow) => {
				const value = row.metrics.get(id);
				return value === undefined ? <span className="quiet">–</span> : formatValue(value, i18n.language);
			},
		}));
	}, [metrics, t, i18n]);
}

/** The columns of a collection's versions. */
export function useVersionColumns({ place, path, registry, collection, metrics }: About): Column<LinkedRow>[] {
	const { t, i18n } = useTranslation();
	const ofMetrics = useMetricColumns(metrics);
	const guarded = registry.protectedAliases;
	return [
		{
			id: "version",
			title: t("artifact.version"),
			kind: "tight",
			order: "version",
			cell: ({ versionIndex }) => {
				const version = versionName(versionIndex);
				return <RegistryVersionLink {...place} path={path} version={version} text={version} />;
			},
		},
		{
			id: "aliases",
			title: t("artifact.aliases"),
			cell: ({ aliases }) => <AliasChips aliases={aliases.map(({ alias }) => alias)} guarded={guarded} />,
		},
		...ofMetrics,
		{
			id: "tags",
			title: t("ui.tags"),
			wideOnly: true,
			cell: ({ artifact }) => <Chips texts={artifact?.tags.map(({ name }) => name) ?? []} />,
		},
		{ id: "source", title: t("artifact.source"), cell: ({ artifact }) => <SourceLink artifact={artifact} /> },
		{ id: "creator", title: t("registry.loggedBy"), wideOnly: true, cell: (row) => <Creator {...row} /> },
		{
			id: "linker",
			title: t("registry.linkedBy"),
			wideOnly: true,
			cell: ({ createdBy }) => <Maker name={createdBy?.username} />,
		},
		{
			id: "linked",
			title: t("artifact.linked"),
			kind: "tight",
			order: "linked_at",
			cell: ({ createdAt }) => <TimeText at={createdAt} />,
		},
		{
			id: "created",
			title: t("ui.created"),
			kind: "tight",
			order: "created_at",
			wideOnly: true,
			cell: ({ artifact }) => <TimeText at={artifact?.createdAt} />,
		},
		{
			id: "size",
			title: t("artifact.size"),
			kind: "number",
			order: "size",
			wideOnly: true,
			cell: ({ artifact }) => (artifact ? formatBytes(artifact.size, i18n.language) : null),
		},
		{
			id: "ttl",
			title: t("registry.ttl"),
			kind: "tight",
			wideOnly: true,
			cell: ({ artifact }) => (artifact ? <TtlText artifact={artifact} /> : null),
		},
		{
			id: "menu",
			title: t("ui.more"),
			kind: "menu",
			cell: (row) => <LinkedVersionMenu place={place} path={path} collection={collection} row={row} />,
		},
	];
}
