import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { type Column, DataTable, type More, type Sorting } from "../../ui/DataTable.tsx";
import { versionName } from "../artifact/ArtifactLink.tsx";
import { updatedColumn } from "../artifact/updated-column.tsx";
import { AliasChips } from "./AliasChips.tsx";
import { CollectionMenu } from "./CollectionMenu.tsx";
import { plainLine } from "./plain-line.ts";
import { RegistryVersionLink } from "./RegistryVersionLink.tsx";
import type { CollectionRow, RegistryHead } from "./registry.queries.ts";
import { registryNameOf } from "./registry-paths.ts";

type Props = {
	org: string;
	registry: RegistryHead;
	rows: CollectionRow[];
	more: More;
	sorting: Sorting;
	onTag: (tag: string) => void;
};

function Name({ org, registry, row, onTag }: Omit<Props, "rows" | "more" | "sorting"> & { row: CollectionRow }) {
	const { t } = useTranslation();
	return (
		<>
			<span className="with-tags">
				<RegistryVersionLink
					org={org}
					registry={registryNameOf(registry.name)}
					path={{ entity: registry.entityName, project: registry.name, collection: row.name }}
					text={row.name}
				/>
				{row.tags.edges.map(({ node: { name } }) => (
					<button
						key={name}
						type="button"
						className="chip"
						title={t("registry.onlyTagged", { tag: name })}
						onClick={() => onTag(name)}
					>
						{name}
					</button>
				))}
			</span>
			{row.description ? <span className="row-note">{plainLine(row.description)}</span> : null}
		</>
	);
}

/** The collections of a registry: how many versions each has, and what the newest is called. */
export function RegistryCollectionTable({ org, registry, rows, more, sorting, onTag }: Props): ReactNode {
	const { t } = useTranslation();
	const columns = useMemo(
		(): Column<CollectionRow>[] => [
			{
				id: "name",
				title: t("artifact.collection"),
				kind: "main",
				order: "name",
				cell: (row) => <Name org={org} registry={registry} row={row} onTag={onTag} />,
			},
			{
				id: "type",
				title: t("artifact.type"),
				wideOnly: true,
				cell: ({ defaultArtifactType: { name } }) => <Chips kind="type" texts={[name]} />,
			},
			{ id: "versions", title: t("artifact.versions"), kind: "number", cell: ({ versionCount }) => versionCount },
			{
				id: "newest",
				title: t("registry.newest"),
				wideOnly: true,
				cell: ({ newestMembership: newest }) =>
					newest === null ? (
						<span className="quiet">–</span>
					) : (
						<span className="with-tags">
							{versionName(newest.versionIndex)}
							<AliasChips aliases={newest.aliases.map(({ alias }) => alias)} guarded={registry.protectedAliases} />
						</span>
					),
			},
			updatedColumn(t),
			{
				id: "menu",
				title: t("ui.more"),
				kind: "menu",
				cell: (row) => <CollectionMenu org={org} registry={registry} collection={row} inRow />,
			},
		],
		[org, registry, onTag, t],
	);
	return (
		<DataTable
			label={t("registry.collections")}
			rows={rows}
			rowKey={({ id }) => id}
			more={more}
			sorting={sorting}
			columns={columns}
		/>
	);
}
