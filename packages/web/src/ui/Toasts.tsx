import { Button, CloseButton, Portal } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import "./toasts.css";
import { dismissToast, type Toast, useToasts } from "./toasts.ts";

function ToastCard({ toast }: { toast: Toast }): ReactNode {
	const { t } = useTranslation();
	const { id, undo, link } = toast;
	const takeBack = () => {
		dismissToast(id);
		undo?.();
	};
	return (
		<div className="toast" data-tone={toast.tone} role={toast.tone === "failed" ? "alert" : "status"}>
			<p>
				{toast.text}{" "}
				{link ? (
					<Link to={link.href} className="link">
						{link.text}
					</Link>
				) : null}
			</p>
			{undo ? (
				<Button variant="subtle" size="compact-sm" onClick={takeBack}>
					{t("ui.undo")}
				</Button>
			) : null}
			<CloseButton size="sm" aria-label={t("ui.dismiss")} onClick={() => dismissToast(id)} />
		</div>
	);
}

/** Where messages appear, on every page. */
export function Toasts(): ReactNode {
	const toasts = useToasts();
	return (
		<Portal>
			<div className="toasts">
				{toasts.map((toast) => (
					<ToastCard key={toast.id} toast={toast} />
				))}
			</div>
		</Portal>
	);
}
