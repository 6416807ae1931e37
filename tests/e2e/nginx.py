"""The real nginx with the configuration that is shipped, and a name server that tells it the replicas."""

from __future__ import annotations

import asyncio
import datetime as dt
import struct
from contextlib import asynccontextmanager
from ipaddress import IPv4Address
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

SHIPPED: Final = Path(__file__).parents[2] / "deploy" / "nginx.conf"
GATEWAY: Final = "127.0.0.9"
"""What stands for the addresses from which many people may come at once."""
_ANSWER, _ADDRESS, _INTERNET, _SECONDS = 0x8180, 1, 1, 1


class NameServer(asyncio.DatagramProtocol):
    """Answers every question of a name with the same numbers."""

    def __init__(self, hosts: Sequence[str]) -> None:
        self.hosts = hosts
        self.transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        (number,) = struct.unpack("!H", data[:2])
        asked = data[12 : data.index(b"\0", 12) + 5]
        answer = struct.pack("!6H", number, _ANSWER, 1, len(self.hosts), 0, 0) + asked
        for host in self.hosts:
            # 0xC00C: the name that was asked for.
            answer += (
                struct.pack("!3HIH", 0xC00C, _ADDRESS, _INTERNET, _SECONDS, 4) + IPv4Address(host).packed
            )
        self.transport.sendto(answer, addr)


def write_certificate(folder: Path) -> None:
    """Write a certificate of one's own, and its key, where the configuration looks for them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + dt.timedelta(days=1))
    certificate = made.sign(key, hashes.SHA256())
    (folder / "tls_certificate").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "tls_key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def adapted(folder: Path, places: dict[str, str]) -> Path:
    """The shipped configuration with other places in it, each of which has to be there."""
    text = SHIPPED.read_text(encoding="utf-8")
    for shipped, here in places.items():
        assert shipped in text
        text = text.replace(shipped, here)
    file = folder / "nginx.conf"
    file.write_text(text, encoding="utf-8")
    return file


@asynccontextmanager
async def nginx(folder: Path, hosts: Sequence[str], port: int) -> AsyncIterator[str]:
    """Run it before replicas that listen at one port of several hosts; gives its address."""
    write_certificate(folder)
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: NameServer(hosts), local_addr=("127.0.0.1", 0))
    names: int = transport.get_extra_info("sockname")[1]
    public, health = free_port(), free_port()
    places = {
        " /tmp/": f" {folder}/",
        "/run/secrets": str(folder),
        "resolver 127.0.0.11": f"resolver 127.0.0.1:{names}",
        "replica:8080": f"replica:{port}",
        "10.0.0.0/8": GATEWAY,
        "listen 8443": f"listen 127.0.0.1:{public}",
        "listen 127.0.0.1:8081": f"listen 127.0.0.1:{health}",
    }
    file = adapted(folder, places)
    command = ("nginx", "-p", str(folder), "-c", str(file), "-g", "daemon off;")
    process = await asyncio.create_subprocess_exec(*command)
    try:
        async with asyncio.timeout(10):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", health)
                except OSError:
                    assert process.returncode is None
                    await asyncio.sleep(0.02)
                else:
                    writer.close()
                    break
        yield f"https://127.0.0.1:{public}"
    finally:
        process.terminate()
        await process.wait()
        transport.close()
        await asyncio.sleep(0)  # it closes in the loop's next round
