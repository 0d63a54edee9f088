import { type ReactNode, useMemo } from "react";
import { type UseTranslationResponse, useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { type Column, DataTable, type Hiding, type More, type Selecting, type Sorting } from "../../ui/DataTable.tsx";
import { formatBytes } from "../../ui/format.ts";
import { TimeText } from "../../ui/TimeText.tsx";
import { versionName } from "./ArtifactLink.tsx";
import { CreatorName } from "./CreatorName.tsx";
import type { MembershipRow } from "./collection.queries.ts";
import { TtlText } from "./TtlText.tsx";

type Props = {
	label: string;
	memberships: MembershipRow[];
	link: (membership: MembershipRow) => ReactNode;
	more: More;
	sorting?: Sorting;
	hiding?: Hiding;
	selecting?: Omit<Selecting<MembershipRow>, "nameOf">;
};

type Words = Pick<UseTranslationResponse<"translation", undefined>, "t" | "i18n">;

function columnsOf(link: Props["link"], { t, i18n }: Words): Column<MembershipRow>[] {
	return [
		{ id: "version", title: t("artifact.version"), kind: "tight", order: "version", cell: link },
		{
			id: "aliases",
			title: t("artifact.aliases"),
			cell: ({ aliases }) => <Chips kind="alias" texts={aliases.map(({ alias }) => alias)} />,
		},
		{
			id: "by",
			title: t("artifact.loggedBy"),
			wideOnly: true,
			cell: ({ artifact }) => <CreatorName creator={artifact?.createdBy ?? null} />,
		},
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
			order: "size",
			cell: ({ artifact }) => (artifact ? formatBytes(artifact.size, i18n.language) : null),
		},
		{
			id: "ttl",
			title: t("versionTtl.title"),
			kind: "tight",
			wideOnly: true,
			cell: ({ artifact }) => (artifact ? <TtlText artifact={artifact} /> : null),
		},
		{
			id: "created",
			title: t("ui.created"),
			kind: "tight",
			order: "created_at",
			cell: ({ createdAt }) => <TimeText at={createdAt} />,
		},
	];
}

/** The versions of a collection, newest first unless ordered otherwise. */
export function VersionTable({ label, memberships, more, selecting, ...rest }: Props): ReactNode {
	const { link, sorting, hiding } = rest;
	const { t, i18n } = useTranslation();
	const columns = useMemo(() => columnsOf(link, { t, i18n }), [link, t, i18n]);
	return (
		<DataTable<MembershipRow>
			label={label}
			rows={memberships}
			rowKey={({ id }) => id}
			more={more}
			columns={columns}
			{...(sorting ? { sorting } : {})}
			{...(hiding ? { hiding } : {})}
			{...(selecting ? { selecting: { ...selecting, nameOf: (row) => versionName(row.versionIndex) } } : {})}
		/>
	);
}
