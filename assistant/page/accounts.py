"""Accounts of the page: a JSON file that names people, their role and the scrypt hash of their password.

    {"accounts": [{"name": "marie", "role": "editor", "password": "scrypt$16384$8$1$…$…"}]}

A password never stands in it. `python -m assistant.page.accounts FICHIER NOM [--editeur]` asks for one and adds the
account; `ctg serve --auth FICHIER` uses the file.
"""

import argparse
import base64
import getpass
import hashlib
import hmac
import json
import os
import secrets
import sys
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from corpus.errors import AssistantError, SettingInvalid
from corpus.files import write_whole
from corpus.records.base import HandWritten
from corpus.validation import first_fault

Role = Literal["reader", "editor"]
LEAST_PASSWORD = 10
"""Characters a new password must have at least."""
MOST_PASSWORD = 200
"""Longer ones are refused before they are hashed: hashing is slow on purpose."""

_COST, _BLOCK, _PARALLEL = 2**14, 8, 1
_NOBODY = "scrypt$16384$8$1$AAAAAAAAAAAAAAAAAAAAAA==$" + base64.b64encode(bytes(32)).decode()
"""Compared with where the name is unknown, so that a wrong name takes as long as a wrong password."""


class Account(HandWritten):
    """One person."""

    name: str = Field(min_length=1, max_length=80)
    role: Role
    """A reader asks and reads; an editor also adds and removes documents."""
    password: str = Field(pattern=r"^scrypt\$\d+\$\d+\$\d+\$[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+$")
    """`scrypt$cost$block$parallel$salt$hash`, salt and hash in base 64."""


class Accounts(HandWritten):
    """The whole file."""

    accounts: tuple[Account, ...] = Field(min_length=1)

    def sign_in(self, name: str, password: str) -> Account | None:
        """The account whose name and password these are; None otherwise."""
        found = next((account for account in self.accounts if account.name == name), None)
        matches = len(password) <= MOST_PASSWORD and _matches(password, found.password if found else _NOBODY)
        return found if found and matches else None


def load_accounts(path: Path) -> Accounts:
    """Raises SettingInvalid where the file is missing or is not a file of accounts."""
    try:
        accounts = Accounts.model_validate_json(path.read_bytes())
    except OSError as error:
        raise SettingInvalid(
            f"Le fichier des comptes « {path} » est illisible ({error.strerror}) : créez-le, ou corrigez « --auth »."
        ) from error
    except ValidationError as error:
        key = first_fault(error)[0] or "fichier"
        raise SettingInvalid(
            f"Le fichier des comptes « {path} » est incorrect (clé {key}) : chaque compte a un nom (name), un rôle "
            "(role : reader ou editor) et un mot de passe haché (password : scrypt$…)."
        ) from error
    names = [account.name for account in accounts.accounts]
    if len(set(names)) < len(names):
        raise SettingInvalid(f"Le fichier des comptes « {path} » a deux comptes du même nom : renommez-en un.")
    return accounts


def add_account(path: Path, name: str, password: str, role: Role = "reader") -> Accounts:
    """Add an account to the file, made where it is missing; a known name gets the new password and role.

    The file is readable by its owner only. Raises SettingInvalid for a name or a password that cannot serve, or a
    wrong file; StoreNotWritable where it cannot be written.
    """
    if not name.strip() or len(name) > 80:
        raise SettingInvalid("Le nom du compte doit avoir entre 1 et 80 caractères.")
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise SettingInvalid(f"Le mot de passe doit avoir entre {LEAST_PASSWORD} et {MOST_PASSWORD} caractères.")
    known = load_accounts(path).accounts if path.exists() else ()
    account = Account(name=name.strip(), role=role, password=hash_password(password))
    accounts = Accounts(accounts=(*(other for other in known if other.name != account.name), account))
    write_whole(path, (json.dumps(accounts.model_dump(), ensure_ascii=False, indent=2) + "\n").encode())
    os.chmod(path, 0o600)
    return accounts


def hash_password(password: str) -> str:
    """A salted scrypt hash, with the parameters it was made with."""
    salt = secrets.token_bytes(16)
    digest = _scrypt(password, salt, _COST, _BLOCK, _PARALLEL)
    return f"scrypt${_COST}${_BLOCK}${_PARALLEL}${_encode(salt)}${_encode(digest)}"


def _matches(password: str, stored: str) -> bool:
    _, cost, block, parallel, salt, digest = stored.split("$")
    made = _scrypt(password, base64.b64decode(salt), int(cost), int(block), int(parallel))
    return hmac.compare_digest(made, base64.b64decode(digest))


def _scrypt(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(
        password.encode(), salt=salt, n=cost, r=block, p=parallel, maxmem=256 * cost * block, dklen=32
    )


def _encode(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def main(arguments: list[str] | None = None) -> int:
    """Add an account from a terminal. Returns 0, or 2 with one sentence where that cannot be done."""
    parser = argparse.ArgumentParser(
        prog="python -m assistant.page.accounts", description="Ajouter un compte à la page."
    )
    parser.add_argument("fichier", type=Path)
    parser.add_argument("nom")
    parser.add_argument("--editeur", action="store_true", help="peut aussi ajouter et retirer des documents")
    given = parser.parse_args(arguments)
    try:
        password = getpass.getpass(f"Mot de passe de {given.nom} : ")
        add_account(given.fichier, given.nom, password, "editor" if given.editeur else "reader")
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"Compte « {given.nom} » enregistré dans {given.fichier}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
