"""The grammar of ``strongroom models``."""

import argparse

EXITS = "exit 0 done, 1 a file is damaged (verify), 2 error, 130 stopped (what was fetched is kept)"


def add_models(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its verbs."""
    models = commands.add_parser("models", help="list, fetch, import, verify, prepare and remove models", epilog=EXITS)
    verbs = models.add_subparsers(dest="action", required=True, metavar="VERB")

    verb = verbs.add_parser("list", help="the models that Strongroom knows, and those on this machine; no network")
    verb.add_argument("--json", action="store_true", help="print one JSON object")

    fetch = verbs.add_parser("fetch", help="download a model, going on where it stopped; or write a kit", epilog=EXITS)
    fetch.add_argument("name", nargs="?", default="", metavar="NAME", help="default: phi-4-mini")
    fetch.add_argument("--to", metavar="DIR", help="write a kit for machines without a network into DIR instead")
    fetch.add_argument("--manifest", metavar="FILE", help="a list of models of your own, TOML")
    fetch.add_argument("--mirror", default="", metavar="URL", help="an address with the same paths as the hub; https")
    fetch.add_argument("--json", action="store_true", help="print one JSON object at the end")

    take = verbs.add_parser("import", help="copy a model from a folder, a zip or tar, or a kit; no network")
    take.add_argument("path", metavar="PATH", help="the folder or the archive")
    take.add_argument("--json", action="store_true", help="print one JSON object at the end")

    verify = verbs.add_parser(
        "verify", help="work out the SHA-256 of every file, and of what was prepared, anew; exit 1 if one is damaged"
    )
    verify.add_argument("name", nargs="?", default="", metavar="NAME", help="default: every installed model")
    verify.add_argument("--json", action="store_true", help="print one JSON object at the end")

    prepare = verbs.add_parser(
        "prepare", help="make a model ready for this machine: it loads sooner and in less memory"
    )
    prepare.add_argument("name", metavar="NAME", help="as in strongroom models list")
    prepare.add_argument(
        "--small", action="store_true", help="leave out the packed weights, which take gigabytes of disk"
    )
    prepare.add_argument("--undo", action="store_true", help="remove what was prepared; the model stays")
    prepare.add_argument("--json", action="store_true", help="print one JSON object at the end")

    remove = verbs.add_parser("remove", help="delete an installed model and free its disk")
    remove.add_argument("name", metavar="NAME", help="as in strongroom models list")
    remove.add_argument("--yes", action="store_true", help="do not ask")
    remove.add_argument("--json", action="store_true", help="print one JSON object at the end")
