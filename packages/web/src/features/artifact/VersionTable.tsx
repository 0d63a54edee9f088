import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { DataTable, type More } from "../../ui/DataTable.tsx";
import { formatBytes } from "../../ui/format.ts";
import { TimeText } from "../../ui/TimeText.tsx";
import { ArtifactLink } from "./ArtifactLink.tsx";
import type { MembershipRow } from "./collection.queries.ts";

type Props = {
	label: string;
	memberships: MembershipRow[];
	link: (membership: MembershipRow) => ReactNode;
	/** In a registry: where each version was logged. */
	withSource?: boolean;
	more: More;
};

/** The versions of a collection, newest first. */
export function VersionTable({ label, memberships, link, withSource, more }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	const source = {
		id: "source",
		title: t("artifact.source"),
		cell: ({ artifact }: MembershipRow) => (artifact ? <ArtifactLink artifact={artifact} /> : null),
	};
	return (
		<DataTable
			label={label}
			rows={memberships}
			rowKey={({ id }) => id}
			more={more}
			columns={[
				{ id: "version", title: t("artifact.version"), kind: withSource ? "main" : "tight", cell: link },
				{
					id: "aliases",
					title: t("artifact.aliases"),
					cell: ({ aliases }) => <Chips kind="alias" texts={aliases.map(({ alias }) => alias)} />,
				},
				...(withSource ? [source] : []),
				{
					id: "tags",
					title: t("ui.tags"),
					wideOnly: true,
					cell: ({ artifact }) => <Chips texts={artifact?.tags.map(({ name }) => name) ?? []} />,
				},
				{
					id: "digest",
					title: t("artifact.digest"),
					kind: "tight",
					wideOnly: true,
					cell: ({ artifact }) =>
						artifact ? (
							<>
								<span className="mono">{artifact.digest.slice(0, 12)}</span>{" "}
								<CopyButton text={artifact.digest} label={t("artifact.digest")} />
							</>
						) : null,
				},
				{
					id: "files",
					title: t("artifact.files"),
					kind: "number",
					wideOnly: true,
					cell: ({ artifact }) => artifact?.fileCount,
				},
				{
					id: "size",
					title: t("artifact.size"),
					kind: "number",
					cell: ({ artifact }) => (artifact ? formatBytes(artifact.size, i18n.language) : null),
				},
				{
					id: "created",
					title: t(withSource ? "artifact.linked" : "ui.created"),
					kind: "tight",
					cell: ({ createdAt }) => <TimeText at={createdAt} />,
				},
			]}
		/>
	);
}
