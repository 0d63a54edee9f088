import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { DataTable, type More, type Sorting } from "../../ui/DataTable.tsx";
import type { CollectionRow } from "./browser.queries.ts";
import { CollectionMenu } from "./CollectionMenu.tsx";
import { updatedColumn } from "./updated-column.tsx";

type Props = {
	label: string;
	collections: CollectionRow[];
	link: (collection: CollectionRow) => ReactNode;
	withType?: boolean;
	more?: More;
	/** With it, the headings of name and time order the rows. */
	sorting?: Sorting;
};

/** Collections: how many versions, which aliases, last change. */
export function CollectionTable({ label, collections, link, withType, more, sorting }: Props): ReactNode {
	const { t } = useTranslation();
	return (
		<DataTable
			label={label}
			rows={collections}
			rowKey={({ id }) => id}
			{...(more ? { more } : {})}
			{...(sorting ? { sorting } : {})}
			columns={[
				{
					id: "name",
					title: t("artifact.collection"),
					kind: "main",
					order: "name",
					cell: (collection) => (
						<>
							{link(collection)} <Chips texts={collection.tags.edges.map(({ node }) => node.name)} />
						</>
					),
				},
				...(withType
					? [
							{
								id: "type",
								title: t("artifact.type"),
								cell: (row: CollectionRow) => <Chips kind="type" texts={[row.defaultArtifactType.name]} />,
							},
						]
					: []),
				{ id: "versions", title: t("artifact.versions"), kind: "number", cell: ({ versionCount }) => versionCount },
				{
					id: "aliases",
					title: t("artifact.aliases"),
					wideOnly: true,
					cell: ({ aliases }) => (
						<Chips kind="alias" texts={aliases?.edges.flatMap(({ node }) => (node ? [node.alias] : [])) ?? []} />
					),
				},
				updatedColumn(t),
				{
					id: "menu",
					title: t("ui.more"),
					kind: "menu",
					cell: (collection) => <CollectionMenu collection={collection} />,
				},
			]}
		/>
	);
}
