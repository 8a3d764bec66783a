"""Reading the person's files: plain text, PDF and Word; nothing is written, followed or fetched."""

from models.documents.document import Document, PasswordError
from models.documents.reader import ACCEPTED_SUFFIXES, decode_text, read_document

__all__ = ["ACCEPTED_SUFFIXES", "Document", "PasswordError", "decode_text", "read_document"]
