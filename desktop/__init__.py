"""The application: what the person sees, decides and keeps."""

__version__ = "0.1.0"
