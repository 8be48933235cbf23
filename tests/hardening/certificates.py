"""Certificates that are made when tests run, by the ``openssl`` command: no key lies in the project."""

import ssl
import subprocess
import warnings
from dataclasses import dataclass
from pathlib import Path

HOST = "shop.example"
NAMES = f"DNS:{HOST},DNS:localhost,IP:127.0.0.1"
LONG_AGO, LATE = ("20200101000000Z", "20200201000000Z"), ("20200101000000Z", "20491231000000Z")
SETTINGS = """\
[req]
distinguished_name = name
[name]
[ca]
default_ca = here
[here]
dir = {directory}
database = $dir/index.txt
serial = $dir/serial
new_certs_dir = $dir
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[host]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = {names}
"""


@dataclass(frozen=True)
class Certificate:
    """A certificate with its key, as files."""

    chain: Path
    key: Path

    def served(self, newest: ssl.TLSVersion | None = None) -> ssl.SSLContext:
        """Return what a server shows it with; with ``newest``, one that is too old to speak anything newer."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.chain, self.key)
        if newest:
            outdated(context, newest)
        return context


def outdated(context: ssl.SSLContext, newest: ssl.TLSVersion) -> None:
    """Let a context speak versions of TLS that Python itself warns of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = newest
    context.set_ciphers("ALL:@SECLEVEL=0")


class Authority:
    """An authority that nobody trusts but who is given its file."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.known: dict[str, Certificate] = {}
        (directory / "index.txt").touch()
        (directory / "serial").write_text("01")
        made = self._made("authority", "authority", LATE, signed_by=None)
        self.file = made.chain

    def certificate(self, name: str, names: str = NAMES, valid: tuple[str, str] = LATE) -> Certificate:
        """Return a certificate for hosts of these names, the same for the same name."""
        if name not in self.known:
            self.known[name] = self._made(name, "host", valid, names, signed_by="authority")
        return self.known[name]

    def alone(self, name: str = "alone") -> Certificate:
        """Return a certificate that vouches for itself."""
        if name not in self.known:
            self.known[name] = self._made(name, "host", LATE, signed_by=None)
        return self.known[name]

    def _made(
        self, name: str, section: str, valid: tuple[str, str], names: str = NAMES, *, signed_by: str | None
    ) -> Certificate:
        settings, key, asked, chain = (self.directory / f"{name}.{end}" for end in ("cnf", "key", "csr", "pem"))
        settings.write_text(SETTINGS.format(directory=self.directory, names=names))
        new: list[str | Path] = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key]
        _openssl("req", "-new", "-config", settings, "-subj", f"/CN={name}", *new, "-out", asked)
        by = signed_by or name
        signer: list[str | Path] = ["-cert", self.directory / f"{by}.pem"] if signed_by else ["-selfsign"]
        period = ["-startdate", valid[0], "-enddate", valid[1]]
        how: list[str | Path] = ["-batch", "-notext", "-config", settings, "-extensions", section, *period]
        _openssl("ca", *how, "-keyfile", self.directory / f"{by}.key", *signer, "-in", asked, "-out", chain)
        return Certificate(chain, key)


def _openssl(*words: str | Path) -> None:
    command = ["openssl", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
