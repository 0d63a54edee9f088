import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { Section } from "../../ui/Section.tsx";
import { apiCode, cliCode, runCode } from "./usage-code.ts";
import type { Version } from "./version.queries.ts";

/** How code gets at the version; each piece runs as it stands. */
export function VersionUsage({ fullName, artifact }: { fullName: string; artifact: Version }): ReactNode {
	const { t } = useTranslation();
	const project = artifact.artifactSequence.project?.name ?? "my-project";
	return (
		<>
			<Section title={t("usage.inRun")}>
				<p className="quiet">{t("usage.inRunHint")}</p>
				<CodeBlock code={runCode(fullName, project)} label={t("usage.inRun")} />
			</Section>
			<Section title={t("usage.withoutRun")}>
				<CodeBlock code={apiCode(fullName)} label={t("usage.withoutRun")} />
			</Section>
			<Section title={t("usage.commandLine")}>
				<CodeBlock code={cliCode(fullName)} label={t("usage.commandLine")} />
			</Section>
		</>
	);
}
