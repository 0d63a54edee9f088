import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { type Fact, Facts } from "../../ui/Facts.tsx";
import { formatBytes } from "../../ui/format.ts";
import { type OpenEntry, referencedVersionQuery } from "./entries.queries.ts";
import { type ReferenceTarget, readTarget } from "./reference-target.ts";

function VersionTarget({ id, path }: { id: string; path: string }): ReactNode {
	const { t } = useTranslation();
	const { data, isPending } = useQuery(referencedVersionQuery(id));
	if (isPending) return null;
	const project = data?.artifactSequence.project;
	if (!data || !project || data.versionIndex === null) return <p className="quiet">{t("files.targetHidden")}</p>;
	const { name } = data.artifactSequence;
	const version = `v${data.versionIndex}`;
	const params = { entity: project.entityName, project: project.name, type: data.artifactType.name, name };
	return (
		<p>
			<Link
				to="/$entity/$project/artifacts/$type/$name/$version/$tab"
				params={{ ...params, version, tab: "files" }}
				search={path === "" ? {} : { file: path }}
				className="link artifact"
			>
				{`${name}:${version}${path === "" ? "" : ` / ${path}`}`}
			</Link>
		</p>
	);
}

function Lead({ target }: { target: ReferenceTarget }): ReactNode {
	const { t } = useTranslation();
	if (target.kind === "version") {
		return (
			<>
				<p>{t("files.inVersion")}</p>
				<VersionTarget id={target.id} path={target.path} />
			</>
		);
	}
	if (target.kind === "web") {
		return (
			<>
				<p>{t("files.onWeb")}</p>
				<p>
					<a className="link" href={target.href} target="_blank" rel="noopener noreferrer nofollow">
						{t("files.openTarget", { host: new URL(target.href).host })}
					</a>
				</p>
			</>
		);
	}
	return <p>{t(`files.store.${target.store}`)}</p>;
}

/** An entry whose bytes are elsewhere: where, and how one gets there. */
export function ReferencePreview({ entry }: { entry: OpenEntry }): ReactNode {
	const { t, i18n } = useTranslation();
	const uri = entry.ref ?? "";
	const facts: Fact[] = [
		{
			name: "URI",
			value: (
				<>
					<span className="mono">{uri}</span> <CopyButton text={uri} label="URI" />
				</>
			),
		},
		// The client writes 0 where it did not look at the bytes.
		{ name: t("artifact.size"), value: entry.sizeBytes > 0 ? formatBytes(entry.sizeBytes, i18n.language) : null },
		{ name: t("files.checksum"), value: entry.digest ? <span className="mono">{entry.digest}</span> : null },
	];
	return (
		<div className="preview-page stack">
			<Lead target={readTarget(uri)} />
			<Facts facts={facts} />
		</div>
	);
}
