"""`ctg backup`, `ctg restore`: the working folder in one file, and back."""

from pathlib import Path

import click

from assistant.cli.french import french_command


@french_command("Sauvegarder l'index et les documents ajoutés dans un fichier .tar.gz.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write the backup."""
    from corpus.backup import back_up
    from corpus.settings import load_settings

    label = back_up(load_settings(), file)
    size = max(1, round(file.stat().st_size / 1_000_000))
    click.echo(f"Sauvegarde écrite dans {file} : {label.documents} documents, {size} Mo.")


@french_command("Remettre en service une sauvegarde, à la place de ce qui y est.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--oui", is_flag=True, help="Ne pas demander de confirmation.")
def restore(file: Path, oui: bool) -> None:
    """Put a backup in service."""
    from corpus.backup import restore as put_back
    from corpus.settings import load_settings

    settings = load_settings()
    if not oui:
        question = f"Remplacer l'index et les documents ajoutés de {settings.data_dir} ? (o/n)"
        if click.prompt(question, default="n", show_default=False).strip().lower()[:1] != "o":
            raise click.Abort
    label = put_back(settings, file)
    click.echo(f"Sauvegarde du {label.created[:10]} remise en service : {label.documents} documents.")
