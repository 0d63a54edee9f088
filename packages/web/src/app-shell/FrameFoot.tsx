import { useMantineColorScheme } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { signOut } from "../features/login/session.ts";
import { chooseLanguage, languages } from "../i18n/i18n.ts";
import { Icon } from "../ui/Icon.tsx";
import type { Viewer } from "./viewer.queries.ts";

const schemes = ["auto", "light", "dark"] as const;

function next<T>(items: readonly T[], current: T): T | undefined {
	return items[(items.indexOf(current) + 1) % items.length];
}

function ThemeButton(): ReactNode {
	const { t } = useTranslation();
	const { colorScheme, setColorScheme } = useMantineColorScheme();
	return (
		<button type="button" className="nav-item" onClick={() => setColorScheme(next(schemes, colorScheme) ?? "auto")}>
			<Icon name="theme" />
			{t(`theme.${colorScheme}`)}
		</button>
	);
}

function LanguageButton(): ReactNode {
	const { i18n, t } = useTranslation();
	const current = languages.find(({ code }) => code === i18n.language) ?? languages[0];
	const other = next(languages, current) ?? current;
	return (
		<button
			type="button"
			className="nav-item"
			lang={other.code}
			title={t("nav.language")}
			onClick={() => void chooseLanguage(i18n, other.code)}
		>
			<Icon name="language" />
			{other.name}
		</button>
	);
}

function SignOutButton(): ReactNode {
	const { t } = useTranslation();
	const queryClient = useQueryClient();
	const navigate = useNavigate();
	const leave = async () => {
		await signOut();
		queryClient.clear();
		await navigate({ to: "/login" });
	};
	return (
		<button type="button" className="nav-item" onClick={() => void leave()}>
			<Icon name="signOut" />
			{t("nav.signOut")}
		</button>
	);
}

/** Account, theme and language, at the foot of the sidebar. */
export function FrameFoot({ viewer }: { viewer: Viewer | null }): ReactNode {
	const { t } = useTranslation();
	const { href } = useLocation();
	return (
		<div className="sidebar-foot">
			<ThemeButton />
			<LanguageButton />
			{viewer ? (
				<>
					<Link to="/settings" className="nav-item">
						<Icon name="settings" />
						{t("nav.settings")}
					</Link>
					<SignOutButton />
					<p className="nav-title">{viewer.username ?? viewer.name}</p>
				</>
			) : (
				<Link to="/login" search={{ next: href }} className="nav-item">
					<Icon name="signOut" />
					{t("nav.signIn")}
				</Link>
			)}
		</div>
	);
}
