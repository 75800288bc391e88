"""One small family of errors. Each carries one French sentence that says what was wrong and what to do.

They are translated once, at the edge: the command line prints the sentence and exits 2, the page shows it.
"""


class AssistantError(Exception):
    """Base of every error a user may see; str(error) is the sentence to show."""


class CorpusError(AssistantError):
    """The manifest or a data file of the corpus is missing or wrong (file, line and key are in the sentence)."""


class DocumentUnreadable(AssistantError):
    """A file cannot be read as a document; the sentence names the reason."""


class IndexMissing(AssistantError):
    """There is no index in service yet."""


class IndexForeign(AssistantError):
    """The index was made by another format or another embedding model than the one in use."""


class IndexDamaged(AssistantError):
    """The index in service does not answer its canary queries."""


class VectorStoreUnavailable(AssistantError):
    """The Chroma server that holds the vectors does not answer; words alone can still be searched."""


class IngestionInProgress(AssistantError):
    """Another process is preparing a generation."""


class StoreNotWritable(AssistantError):
    """The data folder cannot be written (rights, space)."""


class QuestionRejected(AssistantError):
    """The question is empty, too long or not text."""


class UnknownDocument(AssistantError):
    """No document of the corpus has this id."""


class UnknownTerritory(AssistantError):
    """The name fits no territory of the corpus."""


class SituationInvalid(AssistantError):
    """A population, a type, a transfer, a date or a theme that cannot be the situation of anyone."""


class SettingInvalid(AssistantError):
    """A setting has a value that cannot be used."""


class ModelUnavailable(AssistantError):
    """The embedding or language model cannot be loaded or does not answer."""


class ExportFailed(AssistantError):
    """A file cannot be written or a template cannot be used."""


class BackupUnusable(AssistantError):
    """A file is no backup of the working folder, or a damaged one."""
