import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultText } from "../../ui/fault-text.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Setting } from "../../ui/Setting.tsx";
import { useChange } from "../../ui/use-change.ts";
import { type Registry, registryKeys, updateRegistry } from "./registry-settings.queries.ts";
import "./protected-aliases.css";

type ChipProps = { alias: string; onRemove?: () => void };

function LockedChip({ alias, onRemove }: ChipProps): ReactNode {
	const { t } = useTranslation();
	return (
		<li className="locked-chip">
			<Icon name="lock" />
			{alias}
			{onRemove ? (
				<button
					type="button"
					className="locked-remove"
					aria-label={t("registrySettings.unprotect", { alias })}
					title={t("registrySettings.unprotect", { alias })}
					onClick={onRemove}
				>
					×
				</button>
			) : null}
		</li>
	);
}

function AddAlias({
	busy,
	fault,
	onAdd,
}: {
	busy: boolean;
	fault: string | undefined;
	onAdd: (alias: string) => void;
}) {
	const { t } = useTranslation();
	const [alias, setAlias] = useState("");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (alias.trim() === "") return;
		onAdd(alias.trim());
		setAlias("");
	};
	return (
		<form className="field-row" onSubmit={submit}>
			<TextInput
				size="xs"
				aria-label={t("registrySettings.newAlias")}
				placeholder="production"
				autoComplete="off"
				maxLength={128}
				value={alias}
				error={fault}
				onChange={({ currentTarget }) => setAlias(currentTarget.value)}
			/>
			<Button type="submit" size="xs" variant="default" leftSection={<Icon name="plus" />} loading={busy}>
				{t("registrySettings.protect")}
			</Button>
		</form>
	);
}

/** The aliases that only admins of a registry put on versions or take from them. */
export function ProtectedAliases({ registry }: { registry: Registry }): ReactNode {
	const { t } = useTranslation();
	const saved = registry.protectedAliases;
	const save = useChange((protectedAliases: string[]) => updateRegistry({ id: registry.id, protectedAliases }), {
		stale: registryKeys,
		inForm: true,
		done: (_, aliases) => ({
			text: t(aliases.length < saved.length ? "registrySettings.unprotected" : "registrySettings.protected"),
			undo: () => save.mutate(saved),
		}),
	});
	// What was asked for is shown at once; a refusal brings back what is.
	const shown = save.isPending ? save.variables : saved;
	const mayProtect = registry.capabilities.includes("REGISTRY_PROTECT");
	return (
		<Setting title={t("registrySettings.protectedAliases")} hint={t("registrySettings.protectedHint")}>
			{shown.length > 0 ? (
				<ul className="locked-chips" aria-label={t("registrySettings.protectedAliases")}>
					{shown.map((alias) => (
						<LockedChip
							key={alias}
							alias={alias}
							{...(mayProtect ? { onRemove: () => save.mutate(saved.filter((other) => other !== alias)) } : {})}
						/>
					))}
				</ul>
			) : (
				<p className="quiet">{t("registrySettings.noneProtected")}</p>
			)}
			{mayProtect ? (
				<AddAlias
					busy={save.isPending}
					fault={faultText(save.error, t)}
					onAdd={(alias) => save.mutate([...new Set([...saved, alias])])}
				/>
			) : null}
		</Setting>
	);
}
