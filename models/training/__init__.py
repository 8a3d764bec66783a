"""Development only: how the small ONNX files in ``resources/onnx`` were made. Not needed to run the program."""
