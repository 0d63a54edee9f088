import { Button, Checkbox, NativeSelect, PasswordInput, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { StateBadge } from "../../ui/StateBadge.tsx";
import { showToast } from "../../ui/toasts.ts";

const states = ["running", "finished", "failed", "crashed", "killed", "pending"];

function Buttons(): ReactNode {
	const { t } = useTranslation();
	const [asking, setAsking] = useState(false);
	return (
		<div className="sample-row">
			<Button size="xs">{t("ui.save")}</Button>
			<Button size="xs" variant="default">
				{t("ui.cancel")}
			</Button>
			<Button size="xs" variant="subtle">
				{t("ui.loadMore")}
			</Button>
			<Button size="xs" color="red" onClick={() => setAsking(true)}>
				{t("ui.delete")}
			</Button>
			<Button size="xs" loading>
				{t("ui.save")}
			</Button>
			<Button size="xs" disabled>
				{t("ui.save")}
			</Button>
			<Button
				size="xs"
				variant="default"
				onClick={() => showToast({ text: t("ui.copied"), tone: "done", undo: () => undefined })}
			>
				{t("design.messages")}
			</Button>
			<Button size="xs" variant="default" onClick={() => showToast({ text: t("failure.network"), tone: "failed" })}>
				{t("failure.title")}
			</Button>
			{asking ? (
				<ConfirmDialog
					title={t("ui.delete")}
					action={t("ui.delete")}
					typeName="zoo"
					onConfirm={() => setAsking(false)}
					onClose={() => setAsking(false)}
				>
					{t("missing.why")}
				</ConfirmDialog>
			) : null}
		</div>
	);
}

/** Buttons, fields and marks, in their states. */
export function ControlSamples(): ReactNode {
	const { t } = useTranslation();
	return (
		<div className="panel">
			<Buttons />
			<div className="sample-row">
				<TextInput size="xs" label={t("ui.name")} placeholder={t("shell.findProject")} />
				<TextInput size="xs" label={t("ui.name")} defaultValue="a/b" error={t("failure.forbidden")} />
				<PasswordInput size="xs" label={t("login.password")} />
				<NativeSelect size="xs" label={t("run.state")} data={states} />
				<Checkbox size="xs" label={t("ui.selectAll")} defaultChecked />
			</div>
			<div className="sample-row">
				<Chips kind="alias" texts={["latest", "production"]} />
				<Chips kind="type" texts={["dataset", "model"]} />
				<Chips texts={["tag", "nlp"]} />
				{states.map((state) => (
					<StateBadge key={state} state={state} />
				))}
				<span>
					my-team/zoo/net:v0 <CopyButton text="my-team/zoo/net:v0" label={t("ui.name")} />
				</span>
				<span className="with-icon">
					<Icon name="keyboard" /> <kbd>g h</kbd> <kbd>?</kbd>
				</span>
			</div>
		</div>
	);
}
