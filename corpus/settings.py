"""Every setting of the project, with its default; each is read from the environment (CTG_…) or from `.env`."""

import os
from functools import lru_cache
from pathlib import Path

from dotenv import dotenv_values
from pydantic import BaseModel, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import SettingInvalid

CORPUS_PACKAGE = Path(__file__).resolve().parent
PROJECT_ROOT = CORPUS_PACKAGE.parent
PACKAGED_MODEL = "multilingual-e5-small"
"""The embedding model that the installation itself brings: no hub is ever asked for it."""


class Settings(BaseSettings):
    """The settings tree. Paths may be relative to the working directory; secrets never show in `repr`."""

    model_config = SettingsConfigDict(env_prefix="CTG_", env_file=".env", extra="ignore", frozen=True)

    corpus_dir: Path = Field(CORPUS_PACKAGE, description="Dossier du manifeste et des documents livrés.")
    data_dir: Path = Field(
        PROJECT_ROOT / "var", description="Dossier de travail : index, documents ajoutés, retours des utilisateurs."
    )
    embedding_model: str = Field(
        PACKAGED_MODEL,
        description="Modèle de vecteurs : celui du paquet installé, ou un nom ou un chemin sentence-transformers, "
        "ou le nom du modèle servi par l'adresse embedding_url.",
    )
    embedding_url: str | None = Field(
        None, description="Adresse d'un service de vecteurs compatible OpenAI (par exemple Albert API)."
    )
    embedding_key: SecretStr | None = Field(None, description="Clé du service de vecteurs.")
    chroma_url: str | None = Field(
        None, description="Adresse d'un serveur Chroma partagé ; vide : index Chroma local dans le dossier de travail."
    )
    llm_url: str | None = Field(
        None, description="Adresse d'un modèle de langue compatible OpenAI ; vide : réponses sans modèle."
    )
    llm_key: SecretStr | None = Field(None, description="Clé du modèle de langue.")
    llm_model: str | None = Field(None, description="Nom du modèle de langue.")
    llm_deadline_s: float = Field(
        18.0, gt=0, le=600, description="Délai total accordé au modèle de langue, en secondes."
    )
    dense_weight: float = Field(
        1.0, ge=0, le=5, description="Facteur du sens (vecteurs) dans le classement, face aux mots (0 : mots seuls)."
    )
    question_max_chars: int = Field(4000, gt=0, description="Longueur maximale d'une question, en caractères.")
    file_max_mb: int = Field(50, gt=0, description="Taille maximale d'un fichier à indexer, en mégaoctets.")
    host: str = Field("127.0.0.1", description="Adresse d'écoute de la page.")
    port: int = Field(7860, ge=0, le=65535, description="Port de la page (0 : choisi par le système).")

    @property
    def index_dir(self) -> Path:
        """Folder of the generations and of the CURRENT pointer."""
        return self.data_dir / "index"

    @property
    def added_dir(self) -> Path:
        """Folder of the documents that the user added, with their own manifest."""
        return self.data_dir / "corpus"


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """The settings in force.

    Raises SettingInvalid, naming the variable, where a value cannot be used.
    """
    try:
        return Settings()  # type: ignore[call-arg]
    except ValidationError as error:
        first = error.errors()[0]
        name = "CTG_" + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingInvalid(
            f"Le réglage {name} a une valeur inutilisable ({first['msg']}) : corrigez-le dans "
            "l'environnement ou dans le fichier .env."
        ) from error


class DescribedSetting(BaseModel):
    """A setting as `ctg settings` shows it."""

    variable: str
    value: str
    origin: str
    """Where the value came from: the environment, the .env file, or the default."""
    description: str


def describe_settings(settings: Settings) -> list[DescribedSetting]:
    """Every setting with its value and origin; secrets are shown as set or not."""
    in_file = dotenv_values(".env")
    described = []
    for name, field in Settings.model_fields.items():
        variable = f"CTG_{name.upper()}"
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            shown = "(renseigné, caché)"
        else:
            shown = "(vide)" if value is None else str(value)
        in_environment = any(key.upper() == variable for key in os.environ)
        in_dotenv = any(key.upper() == variable for key in in_file)
        origin = "environnement" if in_environment else "fichier .env" if in_dotenv else "par défaut"
        described.append(
            DescribedSetting(variable=variable, value=shown, origin=origin, description=field.description or "")
        )
    return described
