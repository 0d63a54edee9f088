import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { NewApiKey } from "../settings/NewApiKey.tsx";

/** How to connect the Python client: the address, a key, the lines to type. */
export function AuthorizePage(): ReactNode {
	const { t } = useTranslation();
	const [key, setKey] = useState<string>();
	const host = window.location.origin;
	const lines = `export WANDB_BASE_URL=${host}\nexport WANDB_API_KEY=${key ?? `<${t("authorize.yourKey")}>`}`;
	return (
		<>
			<PageHeader title={t("authorize.title")} />
			<p className="lead">{t("authorize.lead")}</p>
			<ol className="steps">
				<li>
					<h2>{t("authorize.makeKey")}</h2>
					<NewApiKey onMade={setKey} />
					<p className="quiet">
						{t("authorize.manage")}{" "}
						<Link to="/settings" className="link">
							{t("nav.settings")}
						</Link>
					</p>
				</li>
				<li>
					<h2>{t("authorize.setVariables")}</h2>
					<CodeBlock code={lines} label={t("authorize.setVariables")} />
				</li>
				<li>
					<h2>{t("authorize.orLogin")}</h2>
					<CodeBlock code={`wandb login --host ${host}`} label={t("authorize.orLogin")} />
					<p className="quiet">{t("authorize.paste")}</p>
				</li>
			</ol>
		</>
	);
}
