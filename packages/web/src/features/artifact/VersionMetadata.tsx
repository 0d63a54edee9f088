import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ValueTable } from "../../ui/ValueTable.tsx";

/** What was said about a version when it was logged. */
export function VersionMetadata({ values }: { values: Record<string, unknown> }): ReactNode {
	const { t } = useTranslation();
	if (Object.keys(values).length === 0) {
		const code = 'wandb.Artifact(name="NAME", type="dataset", metadata={"rows": 1000})';
		return <EmptyState text={t("artifact.noMetadata")} code={code} />;
	}
	return (
		<div className="section">
			<div>
				<CopyButton text={JSON.stringify(values, null, 2)} label="JSON" worded />
			</div>
			<ValueTable label={t("artifact.tab.metadata")} values={values} />
		</div>
	);
}
