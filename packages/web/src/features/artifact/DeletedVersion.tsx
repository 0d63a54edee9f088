import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { formatBytes } from "../../ui/format.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { versionName } from "./ArtifactLink.tsx";
import { CreatorName } from "./CreatorName.tsx";
import { VersionLineage } from "./VersionLineage.tsx";
import { VersionPicker } from "./VersionPicker.tsx";
import type { Version } from "./version.queries.ts";

type Props = { artifact: Version; crumbs: ReactNode[]; onVersion: (version: string) => void };

/** What is left of a deleted version: when and by what it was made, and its lineage, which goes on through it. */
export function DeletedVersion({ artifact, crumbs, onVersion }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	const { id, name } = artifact.artifactSequence;
	const version = versionName(artifact.versionIndex);
	const size = `${formatBytes(artifact.size, i18n.language)} · ${t("artifact.fileCount", { count: artifact.fileCount })}`;
	return (
		<>
			<PageHeader
				title={`${name}:${version}`}
				crumbs={crumbs}
				heading={
					<>
						{name}:<VersionPicker collection={id} version={version} onVersion={onVersion} />
					</>
				}
			>
				<span className="chip ghost">{t("versionMenu.isDeleted")}</span>
			</PageHeader>
			<div className="notice bad">
				<p>{t("versionMenu.ghost", { version })}</p>
				<p className="quiet">{t("versionMenu.ghostHint")}</p>
			</div>
			<Facts
				facts={[
					{ name: t("artifact.type"), value: <Chips kind="type" texts={[artifact.artifactType.name]} /> },
					{ name: t("artifact.digest"), value: <span className="mono">{artifact.digest}</span> },
					{ name: t("ui.created"), value: <TimeText at={artifact.createdAt} full /> },
					{ name: t("artifact.createdBy"), value: <CreatorName creator={artifact.createdBy} /> },
					{ name: t("artifact.size"), value: size },
				]}
			/>
			<VersionLineage artifact={artifact} />
		</>
	);
}
