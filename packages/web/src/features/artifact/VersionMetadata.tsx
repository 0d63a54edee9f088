import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { parseRecord } from "../../ui/json.ts";
import { MetadataTable } from "./MetadataTable.tsx";
import { ProducerMetrics } from "./ProducerMetrics.tsx";
import type { Version } from "./version.queries.ts";

/** What was said about a version when it was logged, and what the run measured that logged it. */
export function VersionMetadata({ artifact }: { artifact: Version }): ReactNode {
	const { t } = useTranslation();
	const values = parseRecord(artifact.metadata);
	const code = `wandb.Artifact(name=${JSON.stringify(artifact.artifactSequence.name)}, type=${JSON.stringify(artifact.artifactType.name)}, metadata={"rows": 1000})`;
	return (
		<>
			<div className="section">
				{Object.keys(values).length === 0 ? (
					<EmptyState text={t("artifact.noMetadata")} code={code} />
				) : (
					<MetadataTable values={values} />
				)}
			</div>
			<ProducerMetrics artifact={artifact} />
		</>
	);
}
