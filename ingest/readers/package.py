"""Guards a DOCX or ODT before its library opens it: both are ZIP archives of XML, the two classic kinds of bomb."""

import zipfile
from pathlib import Path
from xml.sax import SAXException

from ingest.readers.kinds import protected
from ingest.readers.limits import ReadLimits
from ingest.readers.refusal import refused

_MOST_MEMBERS = 5_000
_ENCRYPTED_FLAG = 0x1
_ODF_PARTS = "META-INF/manifest.xml"
_XML_ENDINGS = (".xml", ".rels", ".rdf")


def check_package(path: Path, limits: ReadLimits) -> None:
    """Refuses an archive that is damaged, protected, too large once unpacked, or whose XML declares entities.

    Sizes are read from the archive's directory; the ZIP library never unpacks more of a member than that.
    """
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
            _check_sizes(path, members, limits)
            if _asks_password(package, members):
                raise protected(path)
            for member in members:
                if member.file_size and member.filename.lower().endswith(_XML_ENDINGS):
                    _check_xml(path, package, member)
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise refused(path, "est tronqué ou endommagé", "redonnez le fichier complet.") from error


def _check_sizes(path: Path, members: list[zipfile.ZipInfo], limits: ReadLimits) -> None:
    unpacked = sum(member.file_size for member in members)
    xml = sum(member.file_size for member in members if member.filename.lower().endswith(_XML_ENDINGS))
    if len(members) > _MOST_MEMBERS or unpacked > limits.unpacked_mb * 1_000_000 or xml > limits.xml_mb * 1_000_000:
        raise refused(
            path,
            f"est trop gros une fois décompressé (limites : {limits.unpacked_mb} Mo, dont {limits.xml_mb} Mo de texte)",
            "découpez-le en plusieurs fichiers.",
        )


def _asks_password(package: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> bool:
    """True for an archive with encrypted members, and for an ODT whose list of parts names a cipher."""
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        return True
    names = {member.filename for member in members}
    return _ODF_PARTS in names and b"encryption-data" in package.read(_ODF_PARTS)


def _check_xml(path: Path, package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Honest files of these formats declare no entity: one is only there to name other files or to swell."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.sax import make_parser

    parser = make_parser()
    parser.forbid_entities = True
    parser.forbid_external = True
    try:
        with package.open(member) as stream:
            parser.parse(stream)
    except DefusedXmlException as error:
        raise refused(
            path, "contient des déclarations XML dangereuses", "il n'est pas ouvert ; enregistrez-le de nouveau."
        ) from error
    except SAXException as error:
        raise refused(path, "est endommagé (son XML est incorrect)", "enregistrez-le de nouveau.") from error
