import { useLocalStorage } from "@mantine/hooks";
import { Outlet } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { ArtifactBrowser } from "./ArtifactBrowser.tsx";
import "./browser.css";

/** A page about artifacts, and beside it, where there is room, the list of all. */
export function ArtifactLayout(): ReactNode {
	const { t } = useTranslation();
	const [isHidden, setHidden] = useLocalStorage({ key: "keifu-browser-hidden", defaultValue: false });
	const word = t(isHidden ? "browser.show" : "browser.hide");
	return (
		<div className="browse" data-hidden={isHidden}>
			<aside className="browse-list" aria-label={t("browser.title")}>
				<button
					type="button"
					className="copy browse-fold"
					aria-label={word}
					title={word}
					aria-expanded={!isHidden}
					onClick={() => setHidden(!isHidden)}
				>
					<Icon name="sidebar" />
				</button>
				{isHidden ? null : <ArtifactBrowser />}
			</aside>
			<div className="browse-page">
				<Outlet />
			</div>
		</div>
	);
}
