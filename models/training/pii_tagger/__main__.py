"""Train, measure and export the token classifier.

python -m models.training.pii_tagger train --out FOLDER --published ARCHIVES
python -m models.training.pii_tagger evaluate --out FOLDER --published ARCHIVES
python -m models.training.pii_tagger export --out FOLDER --published ARCHIVES --model FILE.onnx --card
"""

import argparse
import json
import os
import sys
from dataclasses import fields
from pathlib import Path

from models.training.pii_tagger.settings import Settings

CARD = Path(__file__).with_name("README.md")
FIGURES = "figures.json"


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings that were given."""
    return Settings(**{field.name: getattr(options, field.name) for field in fields(Settings)})


def make_command(options: argparse.Namespace) -> None:
    """Make the texts of all rounds once, for several models."""
    from models.training.pii_tagger.making import make

    make(settings_of(options), options.out, options.published, options.workers or 1)


def train_command(options: argparse.Namespace) -> None:
    """Train, calibrate, measure on the held-out side."""
    from models.training.pii_tagger.training import Sources, train

    sources = Sources(options.published, options.made, options.start, options.weights, tuple(options.teachers))
    train(settings_of(options), options.out, sources, options.workers)
    if options.held_out:
        evaluate_command(options)


def evaluate_command(options: argparse.Namespace) -> None:
    """Measure the last checkpoint; the figures go into the folder too."""
    from models.training.pii_tagger.evaluation import SWEEP, calibrate, calibration_samples, evaluate, held_out_samples
    from models.training.pii_tagger.predicting import onnx_predictor, torch_predictor
    from models.training.pii_tagger.scoring import table
    from models.training.pii_tagger.training import load_model

    exported = getattr(options, "model", None)
    if exported:
        # The exported model's logits are calibrated already.
        known = json.loads((options.out / FIGURES).read_text(encoding="utf-8"))
        temperature, thresholds, predict = 1.0, known["thresholds"], onnx_predictor(exported)
    else:
        predict = torch_predictor(load_model(options.out))
        temperature, thresholds = calibrate(calibration_samples(options.calibration, options.published), predict)
    chosen, sweep = evaluate(held_out_samples(options.held_out, options.published), predict, temperature, thresholds)
    print(f"temperature {temperature:.3f}\n\n{table(chosen)}\n")
    for threshold, report in zip(SWEEP, sweep, strict=True):
        print(
            f"with {threshold} for all: {report.found_share:.1%} of all spans found,"
            f" {report.plain_share:.1%} of plain texts blocked"
        )
    if not exported:
        figures = {
            "temperature": temperature,
            "thresholds": thresholds,
            "table": table(chosen),
            "reports": [report.as_dict() for report in (chosen, *sweep)],
        }
        (options.out / FIGURES).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def export_command(options: argparse.Namespace) -> None:
    """Write the ONNX file, compare it with PyTorch, time it, and put the figures into the model card."""
    from models.training.digests import sha256
    from models.training.pii_tagger.evaluation import calibration_samples, held_out_samples
    from models.training.pii_tagger.exporting import MAX_MEAN_DIFFERENCE, differences, export, speed
    from models.training.pii_tagger.predicting import onnx_predictor, torch_predictor
    from models.training.pii_tagger.training import load_model

    figures = json.loads((options.out / FIGURES).read_text(encoding="utf-8"))
    model = load_model(options.out)
    weights = {name: value.numpy() for name, value in model.state_dict().items()}
    seen = [sample.text for sample in calibration_samples(1000, options.published)]
    size = export(weights, figures["temperature"], figures["thresholds"], seen, options.model)
    texts = [sample.text for sample in held_out_samples(300, options.published)]
    mean, greatest, other = differences(
        texts, torch_predictor(model), onnx_predictor(options.model), figures["temperature"]
    )
    times = ", ".join(f"{length} pieces {ms:.1f} ms" for length, ms in speed(options.model).items())
    words = (
        f"{size:,} bytes, SHA-256 `{sha256(options.model)}`. Against float32 in PyTorch on 300 held-out texts:"
        f" probabilities differ by {mean:.5f} on average, {greatest:.3f} at most; {other:.3%} of the word pieces get"
        f" another best tag. One window on 2 threads: {times}."
    )
    print(words)
    if mean > MAX_MEAN_DIFFERENCE:
        options.model.unlink()
        sys.exit("Quantization changed too much; the file was removed.")
    if options.card:
        write_card(figures, words)


def write_card(figures: dict[str, object], export_words: str) -> None:
    """Replace what stands between the marks in README.md."""
    text = CARD.read_text(encoding="utf-8")
    before, rest = text.split("<!-- figures -->\n", 1)
    _, after = rest.split("<!-- end of figures -->", 1)
    words = f"{figures['table']}\n\nTemperature {figures['temperature']:.3f}. {export_words}\n"
    CARD.write_text(f"{before}<!-- figures -->\n{words}<!-- end of figures -->{after}", encoding="utf-8")


def main() -> None:
    """Read the command line and run one command."""
    parser = argparse.ArgumentParser(prog="python -m models.training.pii_tagger", description=__doc__)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    commands = parser.add_subparsers(dest="command", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--out", type=Path, required=True, help="folder of the checkpoint and the figures")
    common.add_argument("--published", type=Path, required=True, help="folder of archives with plain text (README.md)")
    common.add_argument("--held-out", type=int, default=4000, help="texts to measure on; 0 for not at all")
    common.add_argument("--calibration", type=int, default=1500, help="texts to fit the temperature on")
    trainer = commands.add_parser("train", parents=[common], help="train, or go on with a stopped run, then evaluate")
    trainer.add_argument("--workers", type=int, default=0, help="processes that make texts ahead (useful with a GPU)")
    trainer.add_argument("--start", type=Path, help="folder of a finished run whose weights to begin with")
    trainer.add_argument("--made", type=Path, help="folder of texts that `make` wrote with the same settings")
    trainer.add_argument("--weights", type=Path, help="the encoder's tensors, in place of the original file")
    trainer.add_argument("--teachers", type=Path, nargs="*", default=[], help="folders of finished runs to learn from")
    maker = commands.add_parser("make", parents=[common], help="make the texts of all rounds once, for several models")
    maker.add_argument("--workers", type=int, default=0, help="processes that make them")
    for setting in fields(Settings):
        flag = f"--{setting.name.replace('_', '-')}"
        for command in (trainer, maker):
            command.add_argument(flag, type=type(setting.default), default=setting.default)
    measurer = commands.add_parser("evaluate", parents=[common], help="measure the checkpoint, or an exported file")
    measurer.add_argument("--model", type=Path, help="an exported file to measure instead")
    exporter = commands.add_parser("export", parents=[common], help="write the ONNX file")
    exporter.add_argument("--model", type=Path, required=True, help="the file to write")
    exporter.add_argument("--card", action="store_true", help="put the figures into the model card")
    options = parser.parse_args()
    import torch

    torch.set_num_threads(options.threads)
    run = {"make": make_command, "train": train_command, "evaluate": evaluate_command, "export": export_command}
    run[options.command](options)


if __name__ == "__main__":
    main()
