"""What `LAN=1` needs from packages of Odoo's environment.

Usage: lan_kit.py certificate ADDRESS CERTIFICATE KEY | lan_kit.py qr TEXT
"""

import datetime
import ipaddress
import os
import sys

VALID = datetime.timedelta(days=90)


def certificate(address, certificate_path, key_path):
    """Write a self-signed certificate for an address, and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, address)])
    names = [x509.IPAddress(ipaddress.ip_address(address)), x509.DNSName("localhost")]
    now = datetime.datetime.now(datetime.timezone.utc)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + VALID)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    handle = os.open(key_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secret)
    with open(certificate_path, "wb") as file:
        file.write(built.public_bytes(serialization.Encoding.PEM))


def qr(text):
    """Print a QR code made of characters."""
    import qrcode

    code = qrcode.QRCode(border=2)
    code.add_data(text)
    code.print_ascii(invert=True)


if __name__ == "__main__":
    {"certificate": certificate, "qr": qr}[sys.argv[1]](*sys.argv[2:])
