"""The options of ``strongroom run`` for cloud drafts; apart, so that other commands load nothing for them."""

import argparse

ONLY_CLOUD = ("consent", "base_url", "cloud_model", "key_file", "redact", "show_payload")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The options of ``run`` that a cloud draft takes."""
    cloud = command.add_argument_group("cloud drafts", "only with --engine cloud, and only for drafts")
    cloud.add_argument("--consent", action="store_true", help="agree that this text is sent to the cloud, this once")
    cloud.add_argument("--base-url", metavar="URL", default="", help="default: as in the settings")
    cloud.add_argument("--cloud-model", metavar="NAME", default="", help="default: as in the settings")
    cloud.add_argument("--key-file", metavar="PATH", default="", help="a file with the key that only you can read")
    cloud.add_argument(
        "--redact", action="store_true", help="send placeholders for personal details, restore them here"
    )
    cloud.add_argument(
        "--show-payload", action="store_true", help="print the exact bytes before they are sent; ask, on a terminal"
    )
