"""`ctg serve`, `ctg doctor`, `ctg settings`."""

from pathlib import Path

import click

from assistant.cli.french import french_command
from assistant.cli.output import print_json


@french_command("Ouvrir la page.")
@click.option("--host", help="Adresse d'écoute (127.0.0.1 par défaut).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port (7860 par défaut ; 0 : choisi par le système).")
@click.option(
    "--auth", "auth_file", type=click.Path(path_type=Path), help="Fichier des comptes (mots de passe hachés)."
)
@click.option("--open-without-auth", is_flag=True, help="Accepter d'écouter hors de cette machine sans compte.")
@click.option("--root-path", default="", help="Préfixe d'adresse derrière un serveur mandataire.")
def serve(host: str | None, port: int | None, auth_file: Path | None, open_without_auth: bool, root_path: str) -> None:
    """Start the page and print its address."""
    from assistant.page.server import serve_page
    from corpus.settings import load_settings

    settings = load_settings()
    serve_page(
        settings.model_copy(update={"host": host or settings.host, "port": settings.port if port is None else port}),
        auth_file=auth_file,
        open_without_auth=open_without_auth,
        root_path=root_path,
    )


@french_command("Vérifier l'installation et l'index ; dire quoi faire si quelque chose manque.")
@click.option("--json", "as_json", is_flag=True, help="Écrire du JSON.")
def doctor(as_json: bool) -> int:
    """Returns 1 where something must be done."""
    from assistant.checkup import check_installation
    from corpus.settings import load_settings

    findings = check_installation(load_settings())
    if as_json:
        print_json([finding.model_dump() for finding in findings])
    else:
        for finding in findings:
            mark = {"ok": "✓", "conseil": "·", "a-faire": "✗"}[finding.level]
            click.echo(f"{mark} {finding.name} : {finding.text}")
    return 1 if any(finding.level == "a-faire" for finding in findings) else 0


@french_command("Afficher chaque réglage, sa valeur et son origine ; les secrets restent cachés.")
@click.option("--json", "as_json", is_flag=True, help="Écrire du JSON.")
def settings(as_json: bool) -> None:
    """Every setting."""
    from corpus.settings import describe_settings, load_settings

    described = describe_settings(load_settings())
    if as_json:
        print_json([setting.model_dump() for setting in described])
        return
    for setting in described:
        click.echo(f"{setting.variable} = {setting.value}   ({setting.origin})\n    {setting.description}")
