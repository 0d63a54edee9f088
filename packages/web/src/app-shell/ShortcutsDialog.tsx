import { Fragment, type ReactNode, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon.tsx";
import { paletteKeys } from "./shortcuts.ts";
import "./shortcuts.css";

/** Which keys do what. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }): ReactNode {
	const { t } = useTranslation();
	const dialog = useRef<HTMLDialogElement>(null);
	useLayoutEffect(() => dialog.current?.showModal(), []);
	const rows: [keys: string[], text: string][] = [
		[[paletteKeys, "/"], t("palette.title")],
		[["g h"], t("nav.home")],
		[["g r"], t("nav.registry")],
		[["g s"], t("nav.settings")],
		[["["], t("shell.toggleSidebar")],
		[["?"], t("shortcuts.title")],
		[["↑ ↓"], t("shortcuts.move")],
		[["enter"], t("shortcuts.open")],
		[["esc"], t("ui.close")],
	];
	return (
		<dialog ref={dialog} className="shortcuts" aria-labelledby="shortcuts-title" onClose={onClose}>
			<header>
				<h2 id="shortcuts-title">{t("shortcuts.title")}</h2>
				<button type="button" className="copy" aria-label={t("ui.close")} onClick={() => dialog.current?.close()}>
					<Icon name="close" />
				</button>
			</header>
			<dl>
				{rows.map(([keys, text]) => (
					<Fragment key={text}>
						<dt>
							{keys.map((key) => (
								<kbd key={key}>{key}</kbd>
							))}
						</dt>
						<dd>{text}</dd>
					</Fragment>
				))}
			</dl>
		</dialog>
	);
}
