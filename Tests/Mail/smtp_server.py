"""A mail server on loopback for tests and the demo: aiosmtpd with STARTTLS or TLS, AUTH, and faults on request.

As a program it keeps every message that it accepts in a folder:

    smtp_server.py FOLDER    prints its port, ends when its standard input is closed
"""

import asyncio
import logging
import pathlib
import ssl
import subprocess
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, syntax

# Faults are wanted here; aiosmtpd reports each with a traceback.
logging.getLogger("mail.log").setLevel(logging.CRITICAL)

USER, PASSWORD = "staffing", "correct horse battery staple"


class Certificates:
    """An authority of our own, a certificate for localhost, and one by an authority that nobody knows."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.ca = self._authority("ca")
        self.good = self._server("good", self.ca, "DNS:localhost")
        self.other_name = self._server("other-name", self.ca, "DNS:mail.elsewhere.example")
        self.unknown = self._server("unknown", self._authority("stranger"), "DNS:localhost")

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)

    def _authority(self, name):
        certificate = self.folder / f"{name}.pem"
        self._openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                      "-keyout", certificate.with_suffix(".key"), "-out", certificate, "-days", "2",
                      "-subj", f"/CN={name}", "-addext", "keyUsage=critical,keyCertSign")
        return certificate

    def _server(self, name, authority, alternative):
        certificate = self.folder / f"{name}.pem"
        request, extensions = certificate.with_suffix(".csr"), certificate.with_suffix(".ext")
        extensions.write_text(f"subjectAltName={alternative}\n")
        self._openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                      "-keyout", certificate.with_suffix(".key"), "-out", request, "-subj", f"/CN={name}")
        self._openssl("x509", "-req", "-in", request, "-CA", authority, "-CAkey", authority.with_suffix(".key"),
                      "-CAcreateserial", "-out", certificate, "-days", "2", "-extfile", extensions)
        return certificate


class FaultySMTP(SMTP):
    """Does what ``self.event_handler.fault`` says; without a fault it is aiosmtpd as it comes."""

    @property
    def fault(self):
        return self.event_handler.fault

    async def _handle_client(self):
        if self.fault == "421 greeting":
            await self.push("421 4.3.2 closing down")
            self.transport.close()
        elif self.fault == "drop greeting":
            self.transport.abort()
        else:
            await super()._handle_client()

    async def smtp_STARTTLS(self, arg):
        if self.fault == "no TLS":
            await self.push("454 4.7.0 TLS not available")
        else:
            await super().smtp_STARTTLS(arg)

    @syntax("DATA")
    async def smtp_DATA(self, arg):
        if self.fault == "drop in DATA":
            await self.push("354 go on")
            await self._reader.read(1)
            self.transport.abort()
        else:
            await super().smtp_DATA(arg)


class Inbox:
    """Takes messages over, and counts. Each hook may be told to fail."""

    def __init__(self):
        self.fault = None
        self.delivered = []
        self.recipients = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.fault in ("451", "421", "550"):
            if self.fault == "421":
                asyncio.get_running_loop().call_later(0.05, server.transport.close)
            return {"451": "451 4.7.1 try again later", "421": "421 4.3.2 closing down",
                    "550": "550 5.1.1 no such mailbox"}[self.fault]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.fault == "hang":
            await asyncio.Event().wait()
        if self.fault in ("452 after DATA", "554 after DATA"):
            return f"{self.fault[:3]} not taken"
        self.delivered.append(envelope.original_content)
        self.recipients.append((envelope.mail_from, list(envelope.rcpt_tos)))
        if self.fault == "drop after DATA":
            server.transport.abort()
        return "250 2.0.0 taken"


class Server(Controller):
    """Runs on a thread of its own, on a free port."""

    def __init__(self, certificates, certificate=None, implicit_tls=False, inbox=None):
        self.inbox = inbox or Inbox()
        self.implicit_tls = implicit_tls
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        chosen = certificate or certificates.good
        self.context.load_cert_chain(chosen, chosen.with_suffix(".key"))
        super().__init__(self.inbox, hostname="127.0.0.1", port=0,
                         ssl_context=self.context if implicit_tls else None)

    def factory(self):
        return FaultySMTP(self.handler, hostname="localhost", require_starttls=not self.implicit_tls,
                          tls_context=None if self.implicit_tls else self.context, auth_required=True,
                          auth_require_tls=not self.implicit_tls, authenticator=self.authenticate)

    @staticmethod
    def authenticate(server, session, envelope, mechanism, data):
        login = (getattr(data, "login", b"").decode(), getattr(data, "password", b"").decode())
        return AuthResult(success=login == (USER, PASSWORD), handled=False)

    def _trigger_server(self):
        """The port is known only now, before aiosmtpd makes a connection to see that it works."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    @property
    def settings(self):
        """mail.yaml for it, without the certificates and the password."""
        security = "tls" if self.implicit_tls else "starttls"
        return (f"server: localhost\nport: {self.port}\nsecurity: {security}\n"
                f"from: staffing.report@northgate.example\nuser: {USER}\n")

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()


class Folder(Inbox):
    """Keeps what arrives as files, in the order of arrival."""

    def __init__(self, folder):
        super().__init__()
        self.folder = pathlib.Path(folder)

    async def handle_DATA(self, server, session, envelope):
        answer = await super().handle_DATA(server, session, envelope)
        name = f"{len(self.delivered):03}-{envelope.rcpt_tos[0]}.eml"
        (self.folder / name).write_bytes(envelope.original_content)
        return answer


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    certificates = Certificates(folder / "certificates")
    password = folder / "password"
    password.touch(mode=0o600)
    password.write_text(PASSWORD + "\n")
    with Server(certificates, inbox=Folder(folder)) as server:
        (folder / "mail.yaml").write_text(
            server.settings + "ca-file: certificates/ca.pem\npassword-file: password\n")
        print(server.port, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
