# Has every file named on the command line checked by the onnx package: the rules of the format, and the types and shapes of all values.
import sys
import onnx

for path in sys.argv[1:]:
    onnx.checker.check_model(path, full_check=True)
    print(path)
