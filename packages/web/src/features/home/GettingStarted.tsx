import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { firstArtifactCode } from "./first-artifact-code.ts";

/** What to do first, where nothing has been logged yet. */
export function GettingStarted({ entity }: { entity: string }): ReactNode {
	const { t } = useTranslation();
	return (
		<ol className="steps start">
			<li>
				<h2>{t("homePage.connectTitle")}</h2>
				<p className="quiet">{t("homePage.connectLead")}</p>
				<p>
					<Link to="/authorize" className="link">
						{t("home.connect")}
					</Link>
				</p>
			</li>
			<li>
				<h2>{t("homePage.logTitle")}</h2>
				<p className="quiet">{t("home.empty")}</p>
				<CodeBlock code={firstArtifactCode(entity, "my-first-project")} label={t("homePage.logTitle")} />
			</li>
			<li>
				<h2>{t("homePage.shareTitle")}</h2>
				<p className="quiet">{t("homePage.shareLead")}</p>
			</li>
		</ol>
	);
}
