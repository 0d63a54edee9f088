import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "./Dialog.tsx";

type Props = {
	title: string;
	/** What will happen, in words; what will be lost first. */
	children: ReactNode;
	/** The verb on the button. */
	action: string;
	/** A name to type before the button works: for what cannot be taken back. */
	typeName?: string;
	/** What can be taken back again is no alarm: its button is not red. */
	harmless?: boolean;
	busy?: boolean;
	onConfirm: () => void;
	onClose: () => void;
};

/** Asks before something is taken away. */
export function ConfirmDialog(props: Props): ReactNode {
	const { title, children, action, typeName, harmless = false, busy = false, onConfirm, onClose } = props;
	const { t } = useTranslation();
	const [typed, setTyped] = useState("");
	const id = useId();
	const ready = typeName === undefined || typed.trim() === typeName;
	const confirm = (event: FormEvent) => {
		event.preventDefault();
		if (ready && !busy) onConfirm();
	};
	return (
		<Dialog onClose={onClose} title={title}>
			<form onSubmit={confirm}>
				<Stack gap="sm">
					<div className="section">{children}</div>
					{typeName === undefined ? null : (
						<TextInput
							id={id}
							label={t("ui.typeName", { name: typeName })}
							value={typed}
							onChange={({ currentTarget }) => setTyped(currentTarget.value)}
							autoComplete="off"
							data-autofocus
						/>
					)}
					<Group justify="flex-end" gap="xs">
						<Button variant="default" onClick={onClose}>
							{t("ui.cancel")}
						</Button>
						<Button type="submit" {...(harmless ? {} : { color: "red" })} disabled={!ready} loading={busy}>
							{action}
						</Button>
					</Group>
				</Stack>
			</form>
		</Dialog>
	);
}
