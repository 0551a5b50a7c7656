"""Signing a CAP document, and checking one: an enveloped XML signature (XML-DSig), ECDSA over P-256 with SHA-256.

The installation has one key for it, in the folder of the logs' keys. Nothing vouches for the certificate around it:
a receiver gets it once from the installation and trusts that one alone (docs/decisions/0010).
"""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.signer import XMLSigner
from signxml.verifier import SignatureConfiguration, XMLVerifier

from awas.ledger.keys import KeyUnusable, keep_once, private_key_in, read_privately
from awas.warnings.cap.message import SIGNATURE_NAMESPACE

FILE: Final = "cap.p256.pem"

VALID_FROM, VALID_UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2049, 12, 31, tzinfo=UTC)
"""Of the certificate: a demo's clock may stand in 2024. What ends a key is that the installation says so."""

_EXPECTED: Final = SignatureConfiguration(
    require_x509=True,
    location="./",
    expect_references=1,
    signature_methods=frozenset({SignatureMethod.ECDSA_SHA256}),
    digest_algorithms=frozenset({DigestAlgorithm.SHA256}),
)


class SignatureWrong(Exception):  # noqa: N818 - what is said of a signature
    """A document whose signature is absent, broken or another's."""


class _Repeatable:
    """The key, signing the same text alike each time (RFC 6979): a document is the same whenever it is asked for."""

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        self._key = key
        self.key_size = key.key_size
        self.curve = key.curve

    def sign(self, data: bytes, signature_algorithm: Any) -> bytes:
        algorithm: HashAlgorithm = signature_algorithm.algorithm
        return self._key.sign(data, ec.ECDSA(algorithm, deterministic_signing=True))


class Seal:
    """The installation's key for CAP and the certificate that goes with it."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        self._key: Any = _Repeatable(key)
        self.certificate = certificate

    @property
    def certificate_pem(self) -> str:
        """What a receiver needs."""
        return self.certificate.public_bytes(Encoding.PEM).decode("ascii")

    def sign(self, root: etree._Element) -> etree._Element:
        """The document with its signature as the last child. `root` itself is left as it is."""
        signer = XMLSigner(
            signature_algorithm=SignatureMethod.ECDSA_SHA256,
            digest_algorithm=DigestAlgorithm.SHA256,
            c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
        )
        return signer.sign(root, key=self._key, cert=[self.certificate])


def seal_in(folder: Path, *, name: str) -> Seal:
    """The key in a folder, made now if there is none. Raises `KeyUnusable`."""
    file = folder / FILE
    if not file.exists():
        try:
            keep_once(file, _made(name))
        except KeyUnusable:
            # Another process was faster; if that isn't so, loading says what is wrong.
            return _loaded(file)
    return _loaded(file)


def _made(name: str) -> bytes:
    """A new key and its certificate, as one PEM text: they come into being together or not at all."""
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key()
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name[:64] or "Awas")])
    encoded = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(public)
        .serial_number(int.from_bytes(hashlib.sha256(encoded).digest()[:16], "big"))
        .not_valid_before(VALID_FROM)
        .not_valid_after(VALID_UNTIL)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + certificate.public_bytes(Encoding.PEM)


def _loaded(file: Path) -> Seal:
    body = read_privately(file)
    key = private_key_in(file, body)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise KeyUnusable(f"{file} holds a key of another kind")
    try:
        certificate = x509.load_pem_x509_certificate(body)
    except ValueError as error:
        raise KeyUnusable(f"{file} holds no certificate") from error
    if certificate.public_key() != key.public_key():
        raise KeyUnusable(f"{file}: the certificate belongs to another key")
    return Seal(key, certificate)


def is_signed(root: etree._Element) -> bool:
    """Whether a document carries a signature at all."""
    return root.find(f"{{{SIGNATURE_NAMESPACE}}}Signature") is not None


def require_signed_by(root: etree._Element, certificate_pem: str) -> None:
    """Raises `SignatureWrong` unless the whole document is signed by that certificate's key."""
    try:
        found = XMLVerifier().verify(root, x509_cert=certificate_pem, expect_config=_EXPECTED)
    except (SignXMLException, ValueError, KeyError, etree.LxmlError) as wrong:
        raise SignatureWrong(str(wrong)[:200]) from wrong
    signed = found[0].signed_xml if isinstance(found, list) else found.signed_xml
    # One that covers only a part would let somebody write the rest.
    if signed is None or signed.tag != root.tag:
        raise SignatureWrong("the signature doesn't cover the document")
